/** What came of a promise. */
export type Settled<T> = { value: T } | { error: unknown };

/** Waits for a promise and says what came of it, so that an error can be looked at before it is thrown on. */
export const settled = async <T>(promise: Promise<T>): Promise<Settled<T>> =>
	await promise.then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
