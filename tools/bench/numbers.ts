/** Reads a whole number. @throws Error with the usage for anything else, or less than `least` */
export const wholeNumber =
	(least: number, usage: string) =>
	(text: string): number => {
		if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
		throw new Error(`"${text}" is no whole number of ${least} or more.\n${usage}`);
	};

/** Reads what is separated by commas. */
export const list = <T>(text: string, read: (part: string) => T): T[] => text.split(',').map(read);
