/** A parameter has a value that cannot work. Thrown before any request is made. */
export class ParameterError extends Error {
	/**
	 * @param parameter its display name
	 * @param problem what is wrong, completing "… "
	 * @param description the remedy
	 */
	constructor(
		parameter: string,
		problem: string,
		readonly description: string,
	) {
		super(`"${parameter}" ${problem}`);
		this.name = 'ParameterError';
	}
}

/** JSON where there is some that tells more than the value's own words: not for NaN, nor for a ring. */
const plain = (value: unknown): string => {
	if (typeof value !== 'object') return String(value);
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return String(value);
	}
};

/** A value as it may stand in a message: short, and telling its type when it is no text. */
export const quote = (value: unknown): string => {
	const text = typeof value === 'string' ? `"${value}"` : plain(value);
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};
