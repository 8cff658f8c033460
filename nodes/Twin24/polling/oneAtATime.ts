const underWay = new Set<string>();

/**
 * Runs a task unless one of the same key is under way in this process.
 * @returns what the task gives, or undefined when it was left out
 */
export const oneAtATime = async <T>(
	key: string,
	task: () => Promise<T>,
): Promise<T | undefined> => {
	if (underWay.has(key)) return undefined;
	underWay.add(key);
	try {
		return await task();
	} finally {
		underWay.delete(key);
	}
};
