/** The emulated company's time: the machine's (or a test's), put forward at will. */
export class WallClock {
	private ahead = 0;

	/** @param base the time that it starts from */
	constructor(private readonly base: () => Date) {}

	readonly now = (): Date => new Date(this.base().getTime() + this.ahead);

	/** Puts it forward, by seconds; everything that waits for a time sees it at its next look. */
	advance(seconds: number): void {
		this.ahead += seconds * 1000;
	}
}
