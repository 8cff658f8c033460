import { CALL_EVENTS } from '../../../nodes/Twin24/triggers/calls/events';
import { leadOf } from '../../../nodes/Twin24/polling/clock';
import {
	MOST_REMEMBERED,
	fingerprint,
	recall,
	remember,
} from '../../../nodes/Twin24/polling/memory';
import { stateIn } from '../../../nodes/Twin24/polling/state';
import { CLOCKS, Host, HOUR, MINUTE, SECOND, World } from './world';
import type { Clock, HostOptions, WorldCall } from './world';

const NOW = Date.UTC(2026, 0, 5, 9, 30);
const OVERLAP = 10 * MINUTE;
const [CREATED, FINISHED, UPDATED] = CALL_EVENTS;

/** A call that was over as soon as it began; `late`: how long the report took to show it. */
const callAt = (id: string, at: number, late = 0): WorldCall => ({
	id,
	createdAt: at,
	versions: [{ at, visibleAt: at + late, final: true }],
});

const every = (period: number, from: number, to: number, name = 'call') =>
	Array.from({ length: Math.ceil((to - from) / period) }, (_, index) =>
		callAt(`${name}-${index}`, from + index * period),
	);

const watchOf = async (
	calls: WorldCall[],
	{ rule = CREATED, clock = 'utc', ...options }: Partial<HostOptions> & { clock?: Clock } = {},
) => {
	const world = new World(calls, clock, rule.timeField);
	world.now = NOW;
	const host = new Host(world, { rule, overlap: OVERLAP, ...options });
	await host.activate();
	return { world, host };
};

const remembered = (host: Host) => recall(host.state!.seen).size;

describe.each(CLOCKS)('when TWIN24 reads its clock as %s', (clock) => {
	test('an update is told as soon as it shows', async () => {
		const { world, host } = await watchOf([callAt('a', NOW + 20 * SECOND)], {
			rule: UPDATED,
			clock,
		});
		world.now += MINUTE;
		expect(await host.poll()).toHaveLength(1);
	});

	test('three busy hours before the activation stay history', async () => {
		const calls = every(30 * SECOND, NOW - 3 * HOUR, NOW);
		const { world, host } = await watchOf(calls, { rule: FINISHED, clock });
		world.now += MINUTE;
		expect(await host.poll()).toEqual([]);
	});

	test('what is kept does not grow with the hours', async () => {
		const { world, host } = await watchOf(every(10 * SECOND, NOW + SECOND, NOW + 12 * HOUR), {
			rule: UPDATED,
			clock,
		});
		while (world.now < NOW + 12 * HOUR) {
			world.now += MINUTE;
			await host.poll();
		}
		expect(host.executions).toHaveLength(12 * 360);
		// Six a minute: the overlap, a slot's length and a poll's; where times are shown ahead, three hours more.
		const hours = clock === 'moscowShownFilterTrue' ? 3 : 0;
		expect(remembered(host)).toBeLessThanOrEqual(6 * (10 + 5 + 2) + hours * 360);
	});
});

test('once the API is known to compare times that are ahead, no more than the overlap is read again', async () => {
	const { world, host } = await watchOf(every(10 * SECOND, NOW - 6 * HOUR, NOW + HOUR), {
		rule: UPDATED,
		clock: 'moscowShown',
	});
	for (let poll = 0; poll < 30; poll++) {
		world.now += MINUTE;
		await host.poll();
	}
	expect(world.reads.at(-1)!.from).toBe(world.now - MINUTE - OVERLAP + 3 * HOUR);
});

describe('the lead of the times compared', () => {
	const row = (created: number, shown: number) => ({
		id: 'x',
		createdAt: new Date(NOW + created).toISOString(),
		updatedAt: new Date(NOW + shown).toISOString(),
	});
	const lead = (rows: Array<ReturnType<typeof row>>, from = NOW - OVERLAP) =>
		leadOf(rows, 'updatedAt', from, NOW);
	const fresh = row(-MINUTE, 3 * HOUR - MINUTE / 2);
	const twoHoursOld = row(-2 * HOUR, HOUR);

	test('is believed of a fresh row and an old one that an API by true times would not give', () => {
		expect(lead([fresh, twoHoursOld])).toBe(3 * HOUR);
	});

	test('is not believed of fresh rows alone: the API may compare true times', () => {
		expect(lead([fresh])).toBe(0);
	});

	test('is not believed of old rows alone: their update may have come late', () => {
		expect(lead([row(-4 * HOUR, -MINUTE)])).toBe(0);
	});

	test('is not believed when a row was updated sooner than a time shown ahead can be', () => {
		expect(lead([fresh, twoHoursOld, row(-MINUTE, 0)])).toBe(0);
	});

	test('is not learnt from a time days ahead', () => {
		expect(lead([row(-MINUTE, 48 * HOUR), twoHoursOld])).toBe(0);
	});

	test('is none of createdAt, which is true', () => {
		expect(leadOf([fresh, twoHoursOld], 'createdAt', NOW - OVERLAP, NOW)).toBe(0);
	});
});

describe('a day without TWIN24', () => {
	const day = every(20 * SECOND, NOW + SECOND, NOW + 24 * HOUR);

	test('is caught up in portions, oldest first, nothing twice', async () => {
		const { world, host } = await watchOf(day, { rowsPerPoll: 500, hasTime: () => false });
		world.now += 24 * HOUR;
		const portions: number[] = [];
		for (let told = 1; told > 0 && portions.length < 100; portions.push(told))
			told = (await host.poll())!.length;
		expect(host.executions).toEqual(day.map(({ id }) => id));
		expect(Math.max(...portions)).toBeLessThanOrEqual(500);
	});

	test('is caught up in few polls while there is time', async () => {
		const { world, host } = await watchOf(day, { rowsPerPoll: 500 });
		world.now += 24 * HOUR;
		const told = (await host.poll())!;
		expect(told.length).toBeGreaterThanOrEqual(250);
		expect(told).toEqual(day.slice(0, told.length).map(({ id }) => id));
	});

	test('goes on from the last portion that was told', async () => {
		const { world, host } = await watchOf(day, { rowsPerPoll: 500, hasTime: () => false });
		world.now += 24 * HOUR;
		await host.poll();
		const told = [...host.executions];
		world.beforeAnswer = () => {
			throw new Error('down');
		};
		await expect(host.poll()).rejects.toThrow('down');
		world.beforeAnswer = () => {};
		host.restart();
		expect((await host.poll())![0]).toBe(day[told.length].id);
	});

	test('that was in one second is taken whole', async () => {
		const burst = Array.from({ length: 50 }, (_, index) => callAt(`b-${index}`, NOW + HOUR));
		const { world, host } = await watchOf(burst, { rowsPerPoll: 10 });
		world.now += 24 * HOUR;
		expect(await host.poll()).toHaveLength(50);
	});
});

describe('the activation', () => {
	test('tells two calls of one second apart by their being there', async () => {
		const { world, host } = await watchOf([callAt('before', NOW), callAt('after', NOW, SECOND)]);
		world.now += MINUTE;
		expect(await host.poll()).toEqual(['after']);
	});

	test('that nothing was ever told after survives a restart', async () => {
		const { world, host } = await watchOf([callAt('a', NOW + 2 * HOUR)]);
		for (let poll = 0; poll < 60; poll++) {
			world.now += MINUTE;
			await host.poll();
		}
		world.now += 2 * HOUR;
		host.restart();
		expect(await host.poll()).toEqual(['a']);
	});

	test('that fails leaves nothing', async () => {
		const world = new World([], 'utc', 'createdAt');
		world.beforeAnswer = () => {
			throw new Error('wrong password');
		};
		const host = new Host(world, { rule: CREATED, overlap: OVERLAP });
		await expect(host.activate()).rejects.toThrow('wrong password');
		expect(host.saved).toBeUndefined();
	});
});

describe('a call', () => {
	test('is found as late as the overlap allows, and not told of when it comes later still', async () => {
		const { world, host } = await watchOf([
			callAt('late', NOW + MINUTE, OVERLAP),
			callAt('lost', NOW + MINUTE, OVERLAP + 5 * MINUTE),
		]);
		for (let poll = 0; poll < 30; poll++) {
			world.now += MINUTE;
			await host.poll();
		}
		expect(host.executions).toEqual(['late']);
	});

	test('finishes once, though its result comes hours later', async () => {
		const call = callAt('a', NOW + MINUTE);
		call.versions.push({ at: NOW + 20 * HOUR, visibleAt: NOW + 20 * HOUR, final: true });
		const { world, host } = await watchOf([call], { rule: FINISHED });
		for (let poll = 0; poll < 21; poll++) {
			world.now += HOUR;
			await host.poll();
		}
		expect(host.executions).toEqual(['a']);
	});

	test('that one answer leaves out is not told again when the next has it', async () => {
		const { world, host } = await watchOf([callAt('a', NOW + SECOND)]);
		world.now += MINUTE;
		await host.poll();
		const [call] = world.calls.splice(0);
		world.now += MINUTE;
		await host.poll();
		world.calls.push(call);
		world.now += MINUTE;
		expect(await host.poll()).toEqual([]);
	});

	test('at the edge of what is read again is not told twice for the second more that the API is asked', async () => {
		const edge = Math.ceil(NOW / (5 * MINUTE)) * 5 * MINUTE + HOUR;
		const { world, host } = await watchOf([callAt('a', edge - SECOND)]);
		world.now = edge;
		await host.poll();
		world.now = edge + OVERLAP;
		await host.poll();
		world.now += MINUTE;
		expect(await host.poll()).toEqual([]);
	});
});

describe('what is remembered', () => {
	const prints = (count: number) =>
		new Map(Array.from({ length: count }, (_, index) => [fingerprint(String(index)), NOW - HOUR]));

	test('is bounded, the oldest forgotten first', () => {
		const stored = remember([], prints(15_000), NOW - HOUR, 24 * HOUR);
		const newer = new Map(
			Array.from({ length: 15_000 }, (_, index) => [fingerprint(`newer ${index}`), NOW - MINUTE]),
		);
		const both = recall(remember(stored, newer, NOW, 24 * HOUR));
		expect(both.size).toBe(MOST_REMEMBERED);
		expect([...newer.keys()].filter((print) => !both.has(print))).toEqual([]);
	});

	test('is never less than what may be read again', () => {
		expect(recall(remember([], prints(MOST_REMEMBERED + 5000), NOW - 2 * HOUR, 0)).size).toBe(
			MOST_REMEMBERED + 5000,
		);
	});

	test('takes ten characters a call', () => {
		const text = JSON.stringify(remember([], prints(1000), NOW - 2 * HOUR, 0));
		expect(text.length).toBeLessThan(10_100);
	});
});

describe('a state', () => {
	const state = { version: 1, event: 'created', from: NOW, since: NOW, seen: [[1, 'abcdefghij']] };

	test('is read as it was written', () => {
		expect(stateIn(JSON.parse(JSON.stringify(state)), 'created')).toEqual(state);
	});

	test.each([
		['another event', state, 'updated'],
		['another version', { ...state, version: 2 }, 'created'],
		['no time', { ...state, from: null }, 'created'],
		['a broken memory', { ...state, seen: ['abc'] }, 'created'],
		['nothing', undefined, 'created'],
	])('of %s is none', (_what, stored, event) => {
		expect(stateIn(stored, event)).toBeUndefined();
	});
});
