/** What went wrong and what to do about it, in words for the person at the terminal: shown without a stack. */
export class Advice extends Error {
	override readonly name = 'Advice';
}
