import { ExpectedRows } from '../../../nodes/Twin24/report/expectedRows';
import type { CallQuery } from '../../../nodes/Twin24/report/query';
import { NO_FILTERS } from '../../../nodes/Twin24/report/query';
import { accountOf } from '../../../nodes/Twin24/transport/account';

let people = 0;

describe('how many rows a search may expect', () => {
	const DAY = 86_400_000;
	let account: ReturnType<typeof accountOf>;
	beforeEach(() => {
		account = accountOf({ email: `person${++people}@example.com`, password: 'x' });
	});

	const query = (over: Partial<CallQuery> = {}): CallQuery => ({
		filters: NO_FILTERS,
		period: { from: 0, to: DAY },
		periodField: 'createdAt',
		fields: ['id'],
		...over,
	});

	test('is as many as the last one of its kind had, whatever the day', () => {
		new ExpectedRows(account, query()).remember(3000);
		const nextDay = query({ period: { from: DAY, to: 2 * DAY } });
		expect(new ExpectedRows(account, nextDay).rows).toBe(3000);
		new ExpectedRows(account, nextDay).remember(12);
		expect(new ExpectedRows(account, query()).rows).toBe(12);
	});

	test.each<[string, () => ExpectedRows]>([
		['by nobody', () => new ExpectedRows({ ...account, email: 'other@example.com' }, query())],
		['of a longer period', () => new ExpectedRows(account, query({ period: { to: DAY } }))],
		[
			'with other filters',
			() => new ExpectedRows(account, query({ filters: { ...NO_FILTERS, statuses: ['BUSY'] } })),
		],
		['with a limit', () => new ExpectedRows(account, query(), 50)],
	])('is not known of one that was not made yet: %s', (_what, expected) => {
		new ExpectedRows(account, query()).remember(3000);
		expect(expected().rows).toBeUndefined();
	});

	test('is forgotten once 500 others have been made', () => {
		new ExpectedRows(account, query()).remember(3000);
		for (let limit = 1; limit <= 500; limit++)
			new ExpectedRows(account, query(), limit).remember(limit);
		expect(new ExpectedRows(account, query()).rows).toBeUndefined();
		expect(new ExpectedRows(account, query(), 500).rows).toBe(500);
	});
});
