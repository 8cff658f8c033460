import { BudgetError, ClockError, IncompleteError } from '../../../nodes/Twin24/paging/errors';

const START = Date.UTC(2026, 0, 1);

describe('IncompleteError', () => {
	test('names a second, what the source says and what it gave', () => {
		const error = new IncompleteError({ from: START + 200, to: START + 1000 }, 7, 5);
		expect(error.second).toBe(START);
		expect(error.message).toBe(
			'The source says that the second 2026-01-01T00:00:00Z has 7 rows, but gave 5',
		);
	});

	test('names a longer time by its ends, and no second', () => {
		const error = new IncompleteError({ from: START + 200, to: START + 1001 }, undefined, 5);
		expect(error.second).toBeUndefined();
		expect(error.message).toBe(
			'The source gave 5 rows for the time from 2026-01-01T00:00:00.200Z to 2026-01-01T00:00:01.001Z, and no two answers agree',
		);
	});

	test('names an open time by its end', () => {
		const error = new IncompleteError({ to: START }, 7, 0);
		expect(error.second).toBeUndefined();
		expect(error.message).toMatch('the time before 2026-01-01T00:00:00Z has 7 rows');
	});
});

test.each([
	[new IncompleteError({ to: START }, 1, 0), 'IncompleteError'],
	[new ClockError('startedAt'), 'ClockError'],
	[new BudgetError(200, 3), 'BudgetError'],
])('%s has its name', (error, name) => {
	expect(error.name).toBe(name);
});

test('the others say what was found', () => {
	expect(new ClockError('startedAt').message).toMatch('filters by another startedAt than it shows');
	expect(new BudgetError(200, 3).message).toMatch('after 200 requests for 3 rows');
});
