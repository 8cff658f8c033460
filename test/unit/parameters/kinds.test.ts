import { flag } from '../../../nodes/Twin24/parameters/kinds';
import { limit } from '../../../nodes/Twin24/parameters/limit';
import { parallelRequests } from '../../../nodes/Twin24/parameters/parallelRequests';
import { quote } from '../../../nodes/Twin24/parameters/parameterError';
import { refusal } from './refusal';

describe('a whole number', () => {
	test.each([
		[1, 1],
		['25', 25],
		[' 7 ', 7],
		[100_000, 100_000],
	])('may be %p', (given, number) => {
		expect(limit.check(given)).toBe(number);
	});

	test.each([
		[0],
		[-1],
		[1.5],
		['1.5'],
		['ten'],
		[''],
		['  '],
		['5 calls'],
		['0x10'],
		['1e3'],
		[NaN],
		[Infinity],
		[2 ** 53],
		[true],
		[null],
		[undefined],
		[[5]],
		[{}],
	])('is not %p', (given) => {
		expect(refusal(() => limit.check(given))).toBe(
			`"Limit" is ${quote(given)} | Give a whole number, 1 or more.`,
		);
	});

	test('keeps within its bounds, which the remedy names', () => {
		expect(parallelRequests.check(10)).toBe(10);
		expect(refusal(() => parallelRequests.check(11))).toBe(
			'"Parallel Requests" is 11 | Give a whole number, from 1 to 10.',
		);
		expect(parallelRequests.property.typeOptions).toEqual({ minValue: 1, maxValue: 10 });
	});
});

describe('a switch', () => {
	const archive = flag({ displayName: 'Archive', name: 'archive', default: false });

	test.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		['', false],
		[undefined, false],
	])('%p is %p', (given, meaning) => {
		expect(archive.check(given)).toBe(meaning);
	});

	test.each([['yes'], [1], [{}]])('is not %p', (given) => {
		expect(refusal(() => archive.check(given))).toBe(
			`"Archive" is ${quote(given)} | Give true or false.`,
		);
	});
});

describe('a value in a message', () => {
	test.each([
		['text', '"text"'],
		[5, '5'],
		[NaN, 'NaN'],
		[Infinity, 'Infinity'],
		[undefined, 'undefined'],
		[null, 'null'],
		[{ a: 1 }, '{"a":1}'],
		[10n, '10'],
	])('%p is shown as %s', (value, shown) => {
		expect(quote(value)).toBe(shown);
	});

	test('is cut when it is long, and never fails', () => {
		expect(quote('я'.repeat(500))).toHaveLength(81);
		const ring: Record<string, unknown> = {};
		ring.self = ring;
		expect(quote(ring)).toBe('[object Object]');
	});
});
