/** A small fast generator of numbers (mulberry32) that gives the same ones for the same seed. */
export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = seed | 0;
	}

	/** The generator of one row: rows can be made in any order, and alone. */
	static of(seed: number, row: number, stream = 0): Random {
		let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(row + 0x7f4a7c15, 0xc2b2ae35);
		hash = Math.imul(hash ^ (hash >>> 15) ^ (stream * 0x27d4eb2f), 0x165667b1);
		return new Random(hash ^ (hash >>> 13));
	}

	/** 0 to 2^32 - 1. */
	uint32(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	}

	/** 0 up to, but never, 1. */
	unit(): number {
		return this.uint32() / 4_294_967_296;
	}

	/** A whole number from 0 to `below` - 1. */
	below(below: number): number {
		return Math.floor(this.unit() * below);
	}

	pick<T>(choices: readonly T[]): T {
		return choices[this.below(choices.length)];
	}

	/** Reorders the list in place. */
	shuffle(list: number[]): void {
		for (let i = list.length - 1; i > 0; i--) {
			const other = this.below(i + 1);
			[list[i], list[other]] = [list[other], list[i]];
		}
	}
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const hex32 = (n: number) =>
	HEX[n >>> 24] + HEX[(n >>> 16) & 255] + HEX[(n >>> 8) & 255] + HEX[n & 255];

/** A version 4 UUID, 32 hex digits in five groups, as the ids in the vendor's sample. */
export function uuid(seed: number, row: number, stream: number): string {
	// Row and stream go in as they are: two rows of one stream never share an id.
	const random = Random.of(seed, row, stream);
	const first = hex32(
		Math.imul(row ^ Math.imul(seed, 0x2c1b3c6d) ^ Math.imul(stream, 0x45d9f3b1), 0x297a2d39) >>> 0,
	);
	const second = hex32(random.uint32());
	const third = hex32(random.uint32());
	const variant = '89ab'[stream & 3];
	return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-${variant}${third.slice(1, 4)}-${third.slice(4)}${hex32(random.uint32())}`;
}
