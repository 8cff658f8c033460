import {
	anyValue,
	namesAndValues,
	textValue,
} from '../../../nodes/Twin24/parameters/namesAndValues';
import { phones } from '../../../nodes/Twin24/parameters/phones';
import { timeOfDay } from '../../../nodes/Twin24/parameters/timeOfDay';
import { utcOffset } from '../../../nodes/Twin24/parameters/utcOffset';
import { refusal } from './refusal';

describe('the phones of a person', () => {
	test.each([
		['one', '+7 900 000-00-00', ['79000000000']],
		['one as a number', 79000000000, ['79000000000']],
		['several with commas', '89000000000, +7 (900) 000-00-01', ['79000000000', '79000000001']],
		['several as an array', ['9000000000', 79000000001], ['79000000000', '79000000001']],
		['the same twice, once', '89000000000; 79000000000', ['79000000000']],
	])('%s', (_what, value, expected) => {
		expect(phones.check(value)).toEqual(expected);
	});

	test.each([[''], [null], [[]], ['79000000000, 12'], [{ a: 1 }]])('are not %j', (value) => {
		expect(refusal(() => phones.check(value))).toMatch(/^"Phone" /);
	});
});

describe('names and values', () => {
	const facts = { displayName: 'Values', name: 'values', placeholder: '', description: '' };
	const texts = namesAndValues(facts, textValue);
	const anything = namesAndValues(facts, anyValue);

	test('are those added one by one and those of objects', () => {
		const added = {
			pair: [{ name: 'a', value: 1 }],
			object: [{ object: { b: true } }, { object: '{"c":"d"}' }],
		};
		expect(texts.check(added)).toEqual({ a: '1', b: 'true', c: 'd' });
	});

	test('may be an object of one\'s own, even one with the name "pair"', () => {
		expect(texts.check({ pair: 'x', name: 'Ann' })).toEqual({ pair: 'x', name: 'Ann' });
	});

	test('are none where none were added', () => {
		for (const none of [undefined, null, '', {}, { pair: [] }])
			expect(texts.check(none)).toBeUndefined();
	});

	test('become text, nothing an empty one; or stay as they are', () => {
		const values = { a: null, b: 1.5, c: false };
		expect(texts.check(values)).toEqual({ a: '', b: '1.5', c: 'false' });
		expect(anything.check({ ...values, d: [{ e: 1 }] })).toEqual({ ...values, d: [{ e: 1 }] });
	});

	test.each([
		['nested', { a: { b: 1 } }, /has no plain value for "a"/],
		['a list', [1], /is not a set of names and values/],
		['text that is no JSON', 'a=b', /is not a set of names and values/],
		['without a name', { pair: [{ name: ' ', value: 1 }] }, /has a value without a name/],
		['with a NUL', { a: 'x\0' }, /has a NUL character/],
		[
			'with a name of the language itself',
			{ pair: [{ name: '__proto__', value: 1 }] },
			/cannot be used/,
		],
	])('are not %s', (_what, value, message) => {
		expect(refusal(() => texts.check(value))).toMatch(message);
	});

	test('that stay as they are have no NUL in them, however deep', () => {
		expect(refusal(() => anything.check({ a: [{ b: 'x\0' }] }))).toMatch(
			/NUL character in the value for "a"/,
		);
	});
});

describe('an offset from UTC', () => {
	const { check } = utcOffset({ displayName: 'Zone', name: 'zone', description: '' });

	test.each([
		['Asia/Yekaterinburg', 300],
		['+05:00', 300],
		['+5', 300],
		['-0330', -210],
		['UTC+14', 840],
		['Z', 0],
		['gmt', 0],
	])('%s: %i minutes', (value, minutes) => {
		expect(check(value)).toBe(minutes);
	});

	test.each([[undefined], [null], ['']])('%j: none', (value) => {
		expect(check(value)).toBeUndefined();
	});

	test.each([[7], ['7'], [25200], ['+25'], ['+05:99'], ['+15:00'], ['Mars'], [true]])(
		'%j: nobody knows what it means',
		(value) => {
			expect(refusal(() => check(value))).toMatch(/^"Zone" is not a time zone/);
		},
	);
});

describe('a time of day', () => {
	const { check } = timeOfDay({
		displayName: 'From',
		name: 'from',
		description: '',
		default: '09:00',
	});

	test.each([
		['00:00', 0],
		['9:05', 32_700],
		['23:59', 86_340],
		['24:00', 86_400],
	])('%s: %i seconds after midnight', (value, seconds) => {
		expect(check(value)).toBe(seconds);
	});

	test.each([['24:01'], ['12:60'], ['9'], [9], [''], [null]])('is not %j', (value) => {
		expect(refusal(() => check(value))).toMatch(/^"From" is no time of day/);
	});
});
