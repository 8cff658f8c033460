import { SourceTraits } from '../../../nodes/Twin24/paging/traits';

let traits: SourceTraits;
beforeEach(() => (traits = new SourceTraits({ pageSize: 100, cap: 1000 })));

test('a source is taken by its limits until it shows otherwise', () => {
	expect(traits).toMatchObject({
		pageSize: 100,
		countCap: 1000,
		countIsOfPage: false,
		countIsTotal: false,
		ignoresFilters: false,
		timesAreOff: false,
	});
	expect(traits.sortsBy.size).toBe(0);
});

describe('a page of fewer rows than asked for may be cut short', () => {
	test.each([10, 20, 25, 50, 75])('where their number is as round as limits are: %d', (rows) => {
		expect(traits.mayBeClamped(rows)).toBe(true);
	});

	test.each([0, 1, 9, 24, 26, 55])('and not else: %d', (rows) => {
		expect(traits.mayBeClamped(rows)).toBe(false);
	});

	test('not when a page had more', () => {
		traits.notePage(21, 21);
		traits.notePage(3, 3);
		expect(traits.mayBeClamped(20)).toBe(false);
		expect(traits.mayBeClamped(30)).toBe(true);
	});

	test('when the largest had as many', () => {
		traits.notePage(20, 20);
		expect(traits.mayBeClamped(20)).toBe(true);
	});

	test('not when counts are of more than the page, as one has shown', () => {
		traits.notePage(20, 21);
		expect(traits.countIsTotal).toBe(true);
		expect(traits.mayBeClamped(20)).toBe(false);
	});

	test.each([20, 19, undefined])('a count of %p for 20 rows shows no such thing', (count) => {
		traits.notePage(20, count);
		expect(traits.countIsTotal).toBe(false);
	});
});

describe('a total may be a cap', () => {
	test('when it is several whole pages', () => {
		expect([100, 150, 199, 200, 201, 1000].filter((rows) => traits.mayBeCapped(rows))).toEqual([
			200, 1000,
		]);
	});

	test('unless a larger one was named, or read', () => {
		traits.notePage(100, 300);
		expect(traits.mayBeCapped(200)).toBe(false);
		expect(traits.mayBeCapped(300)).toBe(true);
		traits.noteTotal(301);
		traits.noteTotal(2);
		expect(traits.mayBeCapped(300)).toBe(false);
	});

	test('a page without a count names none', () => {
		traits.notePage(100, undefined);
		expect(traits.mayBeCapped(200)).toBe(true);
	});

	test('what a count says of a page alone is no total', () => {
		traits.countIsOfPage = true;
		traits.notePage(100, 300);
		traits.notePage(100, undefined);
		expect(traits.mayBeCapped(200)).toBe(true);
	});
});
