import { unsafeSkipN, xoroshiro128plus } from 'pure-rand';
import type { RandomGenerator } from 'pure-rand';

/** Draws after which the bits of a seed have reached every bit of the generator's state. */
const WARM_UP = 20;

/** Numbers drawn by pure-rand's xoroshiro128+: the same ones for the same seed. */
export class Random {
	private constructor(private readonly generator: RandomGenerator) {}

	/** The generator of one row: rows can be made in any order, and alone. */
	static of(seed: number, row = 0, stream = 0): Random {
		const generator = xoroshiro128plus.fromState([seed | 0, row | 0, stream | 0, 1]);
		unsafeSkipN(generator, WARM_UP);
		return new Random(generator);
	}

	/** 0 to 2^32 - 1. */
	uint32(): number {
		return this.generator.unsafeNext() >>> 0;
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

const hex32 = (n: number) => n.toString(16).padStart(8, '0');

/** A version 4 UUID, 32 hex digits in five groups, as the ids in the vendor's sample. */
export function uuid(seed: number, row: number, stream: number): string {
	const random = Random.of(seed, row, stream);
	const [first, second, third, fourth] = [1, 2, 3, 4].map(() => hex32(random.uint32()));
	const variant = random.pick(['8', '9', 'a', 'b']);
	return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-${variant}${third.slice(1, 4)}-${third.slice(4)}${fourth}`;
}
