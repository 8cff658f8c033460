import { Budget } from '../../../nodes/Twin24/paging/budget';
import { BudgetError } from '../../../nodes/Twin24/paging/errors';

/** How many requests may be made. */
const mostOf = (budget: Budget): number => {
	for (let requests = 0; requests < 10_000; requests++) {
		try {
			budget.spend();
		} catch (error) {
			expect(error).toBeInstanceOf(BudgetError);
			expect((error as BudgetError).requests).toBe(requests);
			return requests;
		}
	}
	throw new Error('The budget has no end');
};

describe('the requests that a search may make', () => {
	test('200 when nothing is known of its rows', () => {
		expect(mostOf(new Budget(10))).toBe(200);
	});

	test('six times the pages that its rows fill more, pages overlapping by a row', () => {
		const budget = new Budget(10);
		budget.expect(91);
		// 91 rows, nine new ones a page: eleven pages.
		expect(mostOf(budget)).toBe(200 + 6 * 11);
	});

	test('the most rows that were ever expected count', () => {
		const budget = new Budget(10);
		budget.expect(90);
		budget.expect(9);
		expect(mostOf(budget)).toBe(200 + 6 * 10);
	});

	test('and what was granted', () => {
		const budget = new Budget(10);
		budget.grant(30);
		budget.grant(3);
		expect(mostOf(budget)).toBe(233);
	});

	test('the error tells of the rows', () => {
		const budget = new Budget(10);
		budget.expect(1);
		for (let left = 206; left > 0; left--) budget.spend();
		expect(() => budget.spend()).toThrow(new BudgetError(206, 1));
	});
});
