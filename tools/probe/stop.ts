/** Why a probe ends before its last question, and the exit code that says so to a script. */
export const EXIT_CODES = {
	whole: 0,
	misuse: 1,
	wrongPassword: 2,
	noAccess: 3,
	emptyAccount: 4,
	brokeOff: 5,
} as const;

export type Ending = keyof typeof EXIT_CODES;

/** Ends the probe; the message is one sentence for a person. What was found until then stays. */
export class Stop extends Error {
	constructor(
		readonly ending: Ending,
		message: string,
	) {
		super(message);
	}
}
