import fc from 'fast-check';

import { parseTime } from '../../../nodes/Twin24/paging/parseTime';
import { runs } from '../../support/runs';

describe('parseTime', () => {
	test.each([
		'2022-06-29T08:44:26.000000Z',
		'2022-06-29T08:44:26.123456Z',
		'2022-06-29T08:44:26.999999Z',
		'2022-06-29T08:44:26.9Z',
		'2022-06-29T08:44:26Z',
		'2022-06-29T08:44:26+03:00',
		'2022-06-29T08:44:26.000000+03:00',
		'2022-06-29T08:44:26',
		'2022-06-29',
		'2022-06-29T24:00:00Z',
		'2022-06-29T23:59:60Z',
		'2022-06-29T08:60:00Z',
		'2022-06-29T08:44:26.Z',
		'2022-06-29T08:44:26.12x4Z',
		'2022-06-29T 8:44:26Z',
		'2022-06-29 08:44:26Z',
		'2022-13-01T00:00:00Z',
		'2022-02-31T00:00:00Z',
		'2024-02-29T23:59:59.999Z',
		'+22022-06-2T08:44:26Z',
		'-002022-06-29T08:44:26Z',
		'1969-12-31T23:59:59.500Z',
		'',
		'Z',
		'ZZZZZZZZZZTZZ:ZZ:ZZZ',
		'no date at all',
	])('reads %j as Date.parse does', (text) => {
		expect(parseTime(text)).toBe(Date.parse(text));
	});

	test('reads any time as Date.parse does', () => {
		const time = fc
			.tuple(
				fc.date({ min: new Date('1900-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
				fc.constantFrom('', '.0', '.50', '.123456', '.9999999'),
			)
			.map(([date, fraction]) => `${date.toISOString().slice(0, 19)}${fraction}Z`);
		const spoilt = fc
			.tuple(
				time,
				fc.nat(26),
				fc.constantFrom('0', '9', ':', 'T', 'Z', '-', '.', '+', ' ', 'x', ''),
			)
			.map(([text, at, other]) => text.slice(0, at) + other + text.slice(at + 1));
		fc.assert(
			fc.property(fc.array(fc.oneof(time, spoilt), { minLength: 1, maxLength: 5 }), (texts) => {
				for (const text of texts) expect(parseTime(text)).toBe(Date.parse(text));
			}),
			runs(2000),
		);
	});
});
