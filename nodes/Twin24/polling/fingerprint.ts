import { createHash } from 'crypto';

/**
 * Length of a fingerprint. A new event is taken for a remembered one, and lost, with a probability of
 * (events remembered) / 2^48: one of 14,000 million where 20,000 are remembered, one of 2,800 million
 * where 100,000 are.
 */
const BITS = 48;

/** A whole number below 2^48 that stands for an event's key. */
export const fingerprint = (key: string): number =>
	createHash('sha256')
		.update(key)
		.digest()
		.readUIntBE(0, BITS / 8);

/** The fingerprint of which this is the beginning, written in base64url as version 1 of the state did. */
export const fingerprintOf = (text: string): number =>
	Buffer.from(text, 'base64url').readUIntBE(0, BITS / 8);

/**
 * Writes fingerprints as text: sorted, and of each only the distance to the one before, Rice-coded.
 * Takes about 49.5 - log2(count) bits each, e.g. 6.6 characters where there are a thousand.
 */
export const pack = (prints: readonly number[]): string => {
	const bits = new BitWriter();
	const low = lowBits(prints.length);
	let last = 0;
	for (const print of [...prints].sort((a, b) => a - b)) {
		const distance = print - last;
		for (let high = Math.floor(distance / 2 ** low); high > 0; high--) bits.write(1, 1);
		bits.write(0, 1);
		bits.write(distance % 2 ** low, low);
		last = print;
	}
	return bits.text();
};

/** @param count how many were packed */
export const unpack = (text: string, count: number): number[] => {
	const bits = new BitReader(text);
	const low = lowBits(count);
	const prints: number[] = [];
	for (let last = 0; prints.length < count && !bits.isAtEnd(); prints.push(last)) {
		let high = 0;
		while (bits.read(1) === 1) high++;
		last += high * 2 ** low + bits.read(low);
	}
	return prints;
};

/** Of a usual distance, 2^48 / count, all bits but the highest are written as they are. */
const lowBits = (count: number) => Math.max(0, BITS - Math.ceil(Math.log2(Math.max(count, 1))));

/** Whole numbers of so many bits, one after the other, the highest bit first. */
class BitWriter {
	private readonly bytes: number[] = [];
	private free = 0;

	write(value: number, length: number): void {
		for (let left = length; left > 0;) {
			if (this.free === 0) {
				this.bytes.push(0);
				this.free = 8;
			}
			const taken = Math.min(left, this.free);
			left -= taken;
			this.free -= taken;
			const part = Math.floor(value / 2 ** left) % 2 ** taken;
			this.bytes[this.bytes.length - 1] += part * 2 ** this.free;
		}
	}

	text(): string {
		return Buffer.from(this.bytes).toString('base64url');
	}
}

class BitReader {
	private readonly bytes: Buffer;
	private position = 0;

	constructor(text: string) {
		this.bytes = Buffer.from(text, 'base64url');
	}

	/** Beyond the end there are zeros. */
	read(length: number): number {
		let value = 0;
		for (let left = length; left > 0;) {
			const free = 8 - (this.position % 8);
			const taken = Math.min(left, free);
			const byte = this.bytes[Math.floor(this.position / 8)] ?? 0;
			value = value * 2 ** taken + (Math.floor(byte / 2 ** (free - taken)) % 2 ** taken);
			this.position += taken;
			left -= taken;
		}
		return value;
	}

	isAtEnd(): boolean {
		return this.position >= this.bytes.length * 8;
	}
}
