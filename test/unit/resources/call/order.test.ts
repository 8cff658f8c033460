import { filterPeriodBy } from '../../../../nodes/Twin24/resources/call/parameters/filterPeriodBy';
import { sortBy, sortDirection } from '../../../../nodes/Twin24/resources/call/parameters/sort';
import { refusal } from '../../parameters/refusal';

describe("the period's field and the order", () => {
	test.each([['createdAt'], ['updatedAt'], ['startedAt']])('a period may apply to %s', (field) => {
		expect(filterPeriodBy.check(field)).toBe(field);
	});

	test.each([['duration'], ['created_at'], [''], [undefined], [['createdAt']]])(
		'a period does not apply to %p',
		(field) => {
			expect(refusal(() => filterPeriodBy.check(field))).toMatch(
				/^"Filter Period By" is .* \| Choose one of: createdAt, startedAt, updatedAt\.$/,
			);
		},
	);

	test('sorting takes four fields and two directions', () => {
		expect(sortBy.check('duration')).toBe('duration');
		expect(sortDirection.check('asc')).toBe('asc');
		expect(refusal(() => sortBy.check('price'))).toBe(
			'"Sort By" is "price" | Choose one of: createdAt, duration, startedAt, updatedAt.',
		);
		expect(refusal(() => sortBy.check('-createdAt'))).toMatch(/^"Sort By" is "-createdAt"/);
		expect(refusal(() => sortDirection.check('down'))).toBe(
			'"Sort Direction" is "down" | Choose one of: asc, desc.',
		);
	});
});
