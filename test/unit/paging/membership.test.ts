import { Membership } from '../../../nodes/Twin24/paging/membership';
import type { Row } from '../../../nodes/Twin24/paging/page';
import { SourceTraits } from '../../../nodes/Twin24/paging/traits';
import type { ClosedPeriod } from '../../../nodes/Twin24/paging/windows';

const HOUR = 3600_000;

/** True times around both ends of 10,000 up to 20,000, and the halves of the seconds there. */
const TIMES = [8999, 9000, 9500, 10_000, 10_100, 10_500, 15_000, 19_500, 20_000, 20_200, 20_500];

/** Each row's id is its true time; what it shows is ahead of that by `shift`. */
const rowAt = (time: number, shift: number): Row => ({
	id: `${time}`,
	startedAt: new Date(time + shift).toISOString(),
});

const setUp = (
	period: { from?: number; to: number },
	shift: number,
	toInclusive = false,
	times = TIMES,
) => {
	const rows = times.map((time) => rowAt(time, shift));
	const windows: ClosedPeriod[] = [];
	/** As a widened question is answered: from the second before, by true times. */
	const read = async (window: ClosedPeriod) => {
		windows.push(window);
		return rows.filter(({ id }) => {
			const time = Number(id);
			const { from, to } = window;
			return time >= from - 1000 && (toInclusive ? time <= to : time < to);
		});
	};
	const traits = new SourceTraits({ pageSize: 10, cap: 100 });
	const membership = new Membership(period, 'startedAt', read, traits);
	const members = () => rows.filter(membership.has).map(({ id }) => Number(id));
	return { rows, windows, traits, membership, members };
};

const WHOLE = { from: 10_000, to: 20_000 };
const INSIDE = [10_000, 10_100, 10_500, 15_000, 19_500];

describe('while the times shown are those compared', () => {
	test('they tell which rows belong, and the source is not asked', async () => {
		const { rows, windows, traits, membership, members } = setUp(WHOLE, 0);
		await membership.look(rows.slice(1));
		expect(members().slice(1)).toEqual(INSIDE);
		expect(membership.isTight).toBe(false);
		expect(membership.isBeyond('9500')).toBe(false);
		expect(traits.timesAreOff).toBe(false);
		expect(windows).toEqual([]);
	});

	test('rows that all belong are told as that', async () => {
		const { rows, membership } = setUp(WHOLE, 0);
		await membership.look(rows.slice(3, 8));
		expect(membership.isTight).toBe(true);
	});

	test('rows of a window within are judged by the period, too', async () => {
		const { rows, membership, members } = setUp(WHOLE, 0);
		await membership.look(rows.slice(1, 4), { from: 10_000, to: 11_000 });
		expect(members()).not.toContain(9500);
		expect(members()).toContain(10_000);
	});
});

describe.each([true, false])(
	'once a time is off, of a source that gives the end: %s',
	(toInclusive) => {
		test.each([
			['whole seconds', WHOLE, TIMES],
			['within seconds', { from: 10_300, to: 20_200 }, [...TIMES, 21_100]],
		])(
			'it is asked which rows belong to a period whose ends are %s',
			async (_name, period, times) => {
				const { rows, traits, membership, members } = setUp(period, 3 * HOUR, toInclusive, times);
				await membership.look(rows.slice(1));
				expect(traits.timesAreOff).toBe(true);
				const expected = times.slice(1).filter((time) => time >= period.from && time < period.to);
				expect(members().slice(1)).toEqual(expected);
				expect(membership.isBeyond('9500')).toBe(true);
				expect(membership.isBeyond('15000')).toBe(false);
				expect(membership.isTight).toBe(false);
			},
		);
	},
);

test('the source is asked once, and by a search that knows already at its first rows', async () => {
	const { rows, windows, traits, membership } = setUp(WHOLE, 3 * HOUR);
	traits.timesAreOff = true;
	await membership.look([]);
	const asked = windows.length;
	expect(asked).toBeGreaterThan(0);
	await membership.look(rows);
	expect(windows).toHaveLength(asked);
});

test('a period that is open to the past has no start to ask about', async () => {
	const { rows, windows, membership, members } = setUp({ to: 20_000 }, 3 * HOUR);
	await membership.look(rows);
	expect(members()).toEqual(TIMES.filter((time) => time < 20_000));
	expect(windows.every(({ from }) => from >= 19_000)).toBe(true);
});

test('a row whose own time is right near an end is judged by that', async () => {
	const off = rowAt(15_000, 3 * HOUR);
	const right = [rowAt(9500, 0), rowAt(10_000, 0), rowAt(19_500, 0), rowAt(20_000, 0)];
	const read = async ({ from, to }: ClosedPeriod) =>
		right.filter(({ id }) => Number(id) >= from - 1000 && Number(id) <= to);
	const traits = new SourceTraits({ pageSize: 10, cap: 100 });
	const membership = new Membership(WHOLE, 'startedAt', read, traits);
	await membership.look([off, ...right]);
	expect([off, ...right].filter(membership.has).map(({ id }) => id)).toEqual([
		'15000',
		'10000',
		'19500',
	]);
});

test('also where the source, by how it reads ends, has it on the other side', async () => {
	// Gives what is exactly on an end to the earlier period; one clock is a little behind.
	const right = [rowAt(10_000, 0), rowAt(20_000, 0), rowAt(20_100, -600)];
	const read = async ({ from, to }: ClosedPeriod) =>
		right.filter(({ id }) => Number(id) > from - 1000 && Number(id) <= to);
	const traits = new SourceTraits({ pageSize: 10, cap: 100 });
	traits.timesAreOff = true;
	const membership = new Membership(WHOLE, 'startedAt', read, traits);
	await membership.look(right);
	expect(right.filter(membership.has).map(({ id }) => id)).toEqual(['10000', '20100']);
});

test('rows that all belong by the word of the source are told as that, whatever they show', async () => {
	const traits = new SourceTraits({ pageSize: 10, cap: 100 });
	const membership = new Membership(WHOLE, 'startedAt', async () => [], traits);
	await membership.look([rowAt(20_500, 0), rowAt(15_000, 3 * HOUR)]);
	expect(membership.isTight).toBe(true);
});
