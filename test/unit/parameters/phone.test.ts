import fc from 'fast-check';

import { phoneOf } from '../../../nodes/Twin24/parameters/phone';
import { runs } from '../../support/runs';
import { refusal } from './refusal';

describe('a phone', () => {
	test.each([
		['79991234567'],
		['+79991234567'],
		['+7 (999) 123-45-67'],
		['7 999 123 45 67'],
		['8 (999) 123-45-67'],
		['8-999-123-45-67'],
		['89991234567'],
		['9991234567'],
		['(999) 123-45-67'],
		['+7.999.123.45.67'],
		['  +7 999 123‑45‑67  '],
		['+7\u00a0999\u202f123\u201345\u201467'],
		['(+7) 999 123 45 67'],
		['\u202a+7 999 123-45-67\u202c'],
		['+7 999 123\u221245\u221267'],
		['tel:+79991234567'],
		['tel:+7-999-123-45-67'],
		[79991234567],
		[89991234567],
		[9991234567],
	])('may be written %p', (written) => {
		expect(phoneOf('Phone', written)).toBe('79991234567');
	});

	test.each([
		['+49 30 123456', '4930123456'],
		['(+49) 30 123456', '4930123456'],
		['+375 29 123-45-67', '375291234567'],
		['+84 91 234 56 78', '84912345678'],
		['+998 90 123 45 67', '998901234567'],
		['8 10 49 30 123456', '4930123456'],
		['8-10-375-29-123-45-67', '375291234567'],
		['00 49 30 123456', '4930123456'],
		['007 999 123-45-67', '79991234567'],
	])(
		'with an international prefix is taken to the letter, wherever it is from: %s',
		(written, digits) => {
			expect(phoneOf('Phone', written)).toBe(digits);
		},
	);

	test('gives the same digits however the same number is laid out', () => {
		const separator = fc.constantFrom(
			'',
			' ',
			'-',
			'.',
			' - ',
			'\u00a0',
			'\u2013',
			'\u202f',
			') ',
			' (',
		);
		const number = fc.integer({ min: 3_000_000_000, max: 9_999_999_999 }).map(String);
		const prefix = fc.constantFrom('', '+7', '7', '8');
		fc.assert(
			fc.property(
				number,
				prefix,
				fc.array(separator, { minLength: 10, maxLength: 10 }),
				(ten, begin, gaps) => {
					const written =
						begin +
						[...ten].map((digit, index) => (begin || index ? gaps[index] : '') + digit).join('');
					expect(phoneOf('Phone', written)).toBe(`7${ten}`);
				},
			),
			runs(500),
		);
	});

	test.each([
		['999'],
		['09991234567'],
		['+0 999 123 45 67'],
		['+7 999 123 45'],
		['1234567890123456'],
		['+7 999 ABC 45 67'],
		['79991234567, 79991234568'],
		['+7 999 123+45 67'],
		['anna@example.com'],
		[true],
		[{}],
		[[79991234567]],
		[-79991234567],
		[7.5],
		[NaN],
	])('is not %p', (written) => {
		expect(refusal(() => phoneOf('Phone', written))).toMatch(
			/^"Phone" is not a phone number: .+ \| Give it with its country code, e\.g\. \+7 999 999-99-99\.$/,
		);
	});

	test.each([[''], ['   '], [null], [undefined]])('is not empty (%p)', (written) => {
		expect(refusal(() => phoneOf('Phone', written))).toMatch(/^"Phone" is empty \| Give it/);
	});
});
