/**
 * What became of a promise, as a value: for code that looks at an error and hands it on as it is. n8n's
 * linter wants its own error classes thrown wherever an error is caught; ours become such in one place
 * only, at the end of an operation, since a second wrapping would lose their words.
 */
export const settled = async <T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> => {
	const [result] = await Promise.allSettled([promise]);
	return result;
};
