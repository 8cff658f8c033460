import fc from 'fast-check';

import {
	fingerprint,
	fingerprintOf,
	pack,
	unpack,
} from '../../../nodes/Twin24/polling/fingerprint';

const print = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const ascending = (prints: number[]) => [...prints].sort((a, b) => a - b);

test('fingerprints come back from text as they were, in ascending order', () => {
	fc.assert(
		fc.property(
			fc.oneof(fc.array(print), fc.array(print, { minLength: 300, maxLength: 600 })),
			(prints) => {
				expect(unpack(pack(prints), prints.length)).toEqual(ascending(prints));
			},
		),
	);
	const extremes = [0, 0, 2 ** 48 - 1];
	expect(unpack(pack(extremes), 3)).toEqual(extremes);
});

test('a thousand take less than seven characters each', () => {
	const prints = Array.from({ length: 1000 }, (_, index) => fingerprint(`key ${index}`));
	expect(pack(prints).length).toBeLessThan(7000);
	expect(new Set(prints).size).toBe(1000);
});

test('text that is cut off gives fewer, and never hangs', () => {
	const prints = Array.from({ length: 100 }, (_, index) => fingerprint(`key ${index}`));
	const some = unpack(pack(prints).slice(0, 300), 100);
	expect(some.length).toBeLessThan(100);
	expect(some.slice(0, 20)).toEqual(ascending(prints).slice(0, 20));
	expect(unpack('', 5)).toEqual([]);
});

test('the first ten characters of the hash in base64url, as version 1 kept them, give the same', () => {
	// sha256 of "abc" begins with ba7816bf8f01cfea.
	expect(fingerprint('abc')).toBe(0xba7816bf8f01);
	expect(fingerprintOf(Buffer.from('ba7816bf8f01cfea', 'hex').toString('base64url'))).toBe(
		0xba7816bf8f01,
	);
});
