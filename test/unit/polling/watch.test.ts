import { recall } from '../../../nodes/Twin24/polling/memory';
import { RETRIED_FOR } from '../../../nodes/Twin24/polling/unreadableSeconds';
import { FULL_READ_EVERY } from '../../../nodes/Twin24/polling/watch';
import { BORN, CHANGED, CLOCKS, DONE, Host, HOUR, LEAD, MINUTE, SECOND, World } from './world';
import type { Clock, HostOptions, Thing } from './world';

const NOW = Date.UTC(2026, 0, 5, 9, 30);
const OVERLAP = 10 * MINUTE;

/** A thing that was done as soon as it was born; `late`: how long the source took to show it. */
const thingAt = (id: string, at: number, late = 0, clock?: Clock): Thing => ({
	id,
	born: at,
	versions: [{ at, visibleAt: at + late, isDone: true, clock }],
});

const every = (period: number, from: number, to: number, clock?: Clock, name = 'thing') =>
	Array.from({ length: Math.ceil((to - from) / period) }, (_, index) =>
		thingAt(`${name}-${index}`, from + index * period, 0, clock),
	);

const watchOf = async (
	things: Thing[],
	{ rule = BORN, clock = 'true', ...options }: Partial<HostOptions> & { clock?: Clock } = {},
) => {
	const world = new World(things, clock, rule);
	world.now = NOW;
	const host = new Host(world, { rule, overlap: OVERLAP, ...options });
	await host.activate();
	return { world, host };
};

const remembered = (host: Host) => recall(host.state!.seen).size;
const idsOf = (things: Thing[]) => things.map(({ id }) => id);

describe.each(CLOCKS)('when the clock of the source is %s', (clock) => {
	test('a change is told as soon as it shows', async () => {
		const { world, host } = await watchOf([thingAt('a', NOW + 20 * SECOND)], {
			rule: CHANGED,
			clock,
		});
		world.now += MINUTE;
		expect(await host.poll()).toHaveLength(1);
	});

	test('three busy hours before the activation stay history', async () => {
		const things = every(30 * SECOND, NOW - 3 * HOUR, NOW);
		const { world, host } = await watchOf(things, { rule: DONE, clock });
		world.now += MINUTE;
		expect(await host.poll()).toEqual([]);
	});

	test('what is kept does not grow with the hours', async () => {
		const { world, host } = await watchOf(every(30 * SECOND, NOW + SECOND, NOW + 6 * HOUR), {
			rule: CHANGED,
			clock,
		});
		while (world.now < NOW + 6 * HOUR) {
			world.now += MINUTE;
			await host.poll();
		}
		expect(host.executions).toHaveLength(6 * 120);
		// Two a minute: the overlap, a slot's length and a poll's; where times are ahead, three hours more.
		const ahead = clock === 'true' ? 0 : 180;
		expect(remembered(host)).toBeLessThanOrEqual(2 * (10 + 15 + 2 + ahead));
	});
});

describe('a source with two clocks', () => {
	test('has the things of both told at once while few rows are read', async () => {
		const things = [
			...every(MINUTE, NOW + 1, NOW + 4 * HOUR, 'ahead', 'ahead'),
			...every(7 * MINUTE, NOW + 2, NOW + 4 * HOUR, 'true', 'true'),
		];
		const { world, host } = await watchOf(things, { rule: DONE });
		while (world.now < NOW + 4 * HOUR) {
			world.now += MINUTE;
			await host.poll();
			const due = things.filter(({ born }) => born <= world.now);
			expect([...host.executions].sort()).toEqual(idsOf(due).sort());
		}
	});

	test('has the rarer things told minutes late at the worst where many rows are read', async () => {
		const rare = [1, 2, 3].map((hour) =>
			thingAt(`rare-${hour}`, NOW + 3 * HOUR + hour * HOUR, 0, 'true'),
		);
		const things = [...every(MINUTE, NOW - 4 * HOUR, NOW + 8 * HOUR, 'ahead'), ...rare];
		const { world, host } = await watchOf(things, { rule: DONE, manyRows: 50 });
		const delays = new Map<string, number>();
		while (world.now < NOW + 8 * HOUR) {
			world.now += MINUTE;
			for (const key of (await host.poll())!) {
				const { born } = things.find(({ id }) => id === key)!;
				delays.set(key, world.now - born);
			}
		}
		expect(idsOf(rare).filter((id) => !delays.has(id))).toEqual([]);
		expect(Math.max(...delays.values())).toBeLessThanOrEqual(FULL_READ_EVERY + MINUTE);
		// And the lead was in use.
		const short = world.reads.filter(({ from }) => from > NOW + 8 * HOUR);
		expect(short.length).toBeGreaterThan(60);
	});
});

describe('a clock that is put right', () => {
	test.each([true, false])(
		'loses nothing and tells nothing twice (older rows rewritten: %s)',
		async (rewrites) => {
			const things = every(2 * MINUTE, NOW - 4 * HOUR, NOW + 7 * HOUR);
			const { world, host } = await watchOf(things, { rule: DONE, clock: 'ahead', manyRows: 50 });
			world.correction = { at: NOW + 2 * HOUR + 1, clock: 'true', rewrites };
			while (world.now < NOW + 7 * HOUR - MINUTE) {
				world.now += MINUTE;
				await host.poll();
				const due = things.filter(({ born }) => born > NOW && born <= world.now);
				const told = new Set(host.executions);
				expect(told.size).toBe(host.executions.length);
				expect(
					due.filter(({ id, born }) => !told.has(id) && born < world.now - 6 * MINUTE),
				).toEqual([]);
			}
		},
	);

	test('has what comes after it told at once where nothing else comes', async () => {
		const things = [
			...every(30 * SECOND, NOW - 4 * HOUR, NOW + HOUR, 'ahead'),
			thingAt('right', NOW + HOUR + 20 * SECOND, 0, 'true'),
		];
		const { world, host } = await watchOf(things, { rule: DONE, manyRows: 50 });
		while (world.now < NOW + HOUR) {
			world.now += MINUTE;
			await host.poll();
		}
		world.now += MINUTE;
		expect(await host.poll()).toEqual(['right']);
	});

	test('of the host, which was a day ahead for some minutes, keeps nothing back once it is', async () => {
		const things = every(MINUTE, NOW + 1, NOW + 3 * HOUR);
		const { world, host } = await watchOf(things);
		while (world.now < NOW + 3 * HOUR) {
			world.now += MINUTE;
			const minutes = (world.now - NOW) / MINUTE;
			host.clockError = minutes > 60 && minutes < 68 ? 24 * HOUR : 0;
			await host.poll();
			const due = things.filter(({ born }) => born <= world.now);
			if (host.clockError === 0) expect([...new Set(host.executions)]).toEqual(idsOf(due));
		}
	});
});

describe('where many rows are read and times are known to be compared ahead', () => {
	test('a poll reads no more than the overlap, and every few minutes everything', async () => {
		const { world, host } = await watchOf(every(10 * SECOND, NOW - 6 * HOUR, NOW + HOUR), {
			rule: CHANGED,
			clock: 'ahead',
		});
		const reads: string[] = [];
		for (let poll = 0; poll < 12; poll++) {
			world.reads.splice(0);
			world.now += MINUTE;
			await host.poll();
			reads.push(
				world.reads
					.map(({ from }) => (from === world.now - OVERLAP + LEAD ? 'overlap' : 'all'))
					.join(),
			);
		}
		const shorts = Array<string>(4).fill('overlap');
		expect(reads).toEqual([...shorts, 'all', ...shorts, 'all', 'overlap', 'overlap']);
	});

	test('a poll that finds more than it takes on reads what can be settled, and then the rest', async () => {
		const { world, host } = await watchOf(every(10 * SECOND, NOW - 6 * HOUR, NOW + HOUR), {
			rule: CHANGED,
			clock: 'ahead',
			rowsPerPoll: 500,
		});
		world.now += 10 * MINUTE;
		world.reads.splice(0);
		await host.poll();
		const settled = world.now - OVERLAP;
		expect(world.reads).toEqual([
			{ from: settled - 10 * MINUTE, to: Infinity },
			{ from: settled - 10 * MINUTE, to: settled },
			{ from: settled, to: Infinity },
		]);
	});

	test('a poll reads everything, as long as that is few rows', async () => {
		const { world, host } = await watchOf(every(MINUTE, NOW - 6 * HOUR, NOW + HOUR), {
			rule: CHANGED,
			clock: 'ahead',
		});
		for (let poll = 0; poll < 3; poll++) {
			world.reads.splice(0);
			world.now += MINUTE;
			await host.poll();
			expect(world.reads).toEqual([{ from: world.now - MINUTE - OVERLAP, to: Infinity }]);
		}
	});

	test('a poll reads everything by a clock that has been put back since', async () => {
		const { world, host } = await watchOf(every(10 * SECOND, NOW - 6 * HOUR, NOW + HOUR), {
			rule: CHANGED,
			clock: 'ahead',
		});
		host.clockError = -MINUTE;
		world.reads.splice(0);
		await host.poll();
		expect(world.reads.map(({ from }) => from)).toEqual([NOW - MINUTE - OVERLAP]);
	});

	test('a poll that would bring nothing new that way reads everything', async () => {
		const things = every(10 * SECOND, NOW - 6 * HOUR, NOW + MINUTE + SECOND);
		const { world, host } = await watchOf(things, { rule: CHANGED, clock: 'ahead' });
		world.now += MINUTE;
		await host.poll();
		world.reads.splice(0);
		world.now += MINUTE;
		await host.poll();
		expect(world.reads.map(({ from }) => from)).toEqual([
			world.now - OVERLAP + LEAD,
			NOW - OVERLAP,
		]);
	});
});

describe('a day without the source', () => {
	const day = every(20 * SECOND, NOW + SECOND, NOW + 24 * HOUR);

	test('is caught up in portions, oldest first, nothing twice', async () => {
		const { world, host } = await watchOf(day, { rowsPerPoll: 500, hasTime: () => false });
		world.now += 24 * HOUR;
		const portions: number[] = [];
		for (let told = 1; told > 0 && portions.length < 100; portions.push(told))
			told = (await host.poll())!.length;
		expect(host.executions).toEqual(idsOf(day));
		expect(Math.max(...portions)).toBeLessThanOrEqual(500);
	});

	test('is caught up in few polls while there is time', async () => {
		const { world, host } = await watchOf(day, { rowsPerPoll: 500 });
		world.now += 24 * HOUR;
		const told = (await host.poll())!;
		// Portions of half of what is allowed at the most, until that half is there.
		expect(told.length).toBeGreaterThanOrEqual(250);
		expect(told.length).toBeLessThanOrEqual(500);
		expect(told).toEqual(idsOf(day.slice(0, told.length)));
	});

	test('is cut to a portion in one step where things come evenly', async () => {
		const { world, host } = await watchOf(day, { rowsPerPoll: 500, hasTime: () => false });
		world.now += 24 * HOUR;
		world.reads.splice(0);
		await host.poll();
		// All, what is settled of it, and the portion.
		expect(world.reads).toHaveLength(3);
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
		const burst = Array.from({ length: 50 }, (_, index) => thingAt(`b-${index}`, NOW + HOUR));
		const { world, host } = await watchOf(burst, { rowsPerPoll: 10 });
		world.now += 24 * HOUR;
		expect(await host.poll()).toHaveLength(50);
	});
});

describe('the activation', () => {
	test('tells two things of one second apart by their being there', async () => {
		const { world, host } = await watchOf([thingAt('before', NOW), thingAt('after', NOW, SECOND)]);
		world.now += MINUTE;
		expect(await host.poll()).toEqual(['after']);
	});

	test.each([...CLOCKS])(
		'leaves thousands of things that share its second to history (clock: %s)',
		async (clock) => {
			const burst = Array.from({ length: 3000 }, (_, index) => thingAt(`b-${index}`, NOW));
			const { world, host } = await watchOf([...burst, thingAt('after', NOW, SECOND)], {
				rule: DONE,
				clock,
			});
			world.now += MINUTE;
			expect(await host.poll()).toEqual(['after']);
		},
	);

	test('by a clock that is minutes ahead loses nothing that comes after it', async () => {
		const { world, host } = await watchOf([thingAt('a', NOW - 5 * MINUTE, 6 * MINUTE)]);
		world.now += MINUTE;
		expect(await host.poll()).toEqual(['a']);
	});

	test('that nothing was ever told after survives a restart', async () => {
		const { world, host } = await watchOf([thingAt('a', NOW + 2 * HOUR)]);
		for (let poll = 0; poll < 60; poll++) {
			world.now += MINUTE;
			await host.poll();
		}
		world.now += 2 * HOUR;
		host.restart();
		expect(await host.poll()).toEqual(['a']);
	});

	test('that fails leaves nothing', async () => {
		const world = new World([], 'true', BORN);
		world.beforeAnswer = () => {
			throw new Error('wrong password');
		};
		const host = new Host(world, { rule: BORN, overlap: OVERLAP });
		await expect(host.activate()).rejects.toThrow('wrong password');
		expect(host.saved).toBeUndefined();
	});
});

describe('a second that cannot be read', () => {
	const SECOND_OF_TROUBLE = NOW + MINUTE;
	const trouble = [0, 1, 2, 3].map((index) => thingAt(`t-${index}`, SECOND_OF_TROUBLE + index));
	const around = [...every(20 * SECOND, NOW + 10 * SECOND, NOW + 3 * HOUR)];
	const watchTrouble = async (healsAt: number) => {
		const { world, host } = await watchOf([...trouble, ...around]);
		world.bad = [{ second: SECOND_OF_TROUBLE, healsAt }];
		return { world, host };
	};
	const live = async ({ world, host }: Awaited<ReturnType<typeof watchTrouble>>, until: number) => {
		const failures: boolean[] = [];
		while (world.now < until) {
			world.now += MINUTE;
			await host.poll();
			failures.push(...host.last!.unreadable.map(({ isGivenUp }) => isGivenUp));
		}
		return failures;
	};
	const due = (world: World) => idsOf(around.filter(({ born }) => born <= world.now));

	test('is read around, and what can be had of it is told', async () => {
		const { world, host } = await watchTrouble(Infinity);
		world.now += 2 * MINUTE;
		const told = await host.poll();
		expect([...told!].sort()).toEqual(['t-0', 't-2', ...due(world)].sort());
		expect(host.last!.unreadable).toContainEqual({
			second: SECOND_OF_TROUBLE,
			isGivenUp: false,
		});
	});

	test('is tried again, and its rest told once it can be read, however old it is by then', async () => {
		const { world, host } = await watchTrouble(NOW + 25 * MINUTE);
		await live({ world, host }, NOW + HOUR);
		expect([...host.executions].sort()).toEqual([...idsOf(trouble), ...due(world)].sort());
		expect(host.state!.unreadable).toBeUndefined();
		expect(host.state!.from).toBe(world.now - OVERLAP);
	});

	test('is no trouble any more at the first poll that can read it', async () => {
		const { world, host } = await watchTrouble(NOW + 25 * MINUTE);
		await live({ world, host }, NOW + 24 * MINUTE);
		expect(host.state!.unreadable).toHaveLength(2);
		await live({ world, host }, NOW + 25 * MINUTE);
		expect(host.last!.unreadable).toEqual([]);
		expect(host.state!.unreadable).toBeUndefined();
	});

	test('is given up after a while, said so once, and holds nothing back any more', async () => {
		const { world, host } = await watchTrouble(Infinity);
		const failures = await live({ world, host }, NOW + RETRIED_FOR + 15 * MINUTE);
		// It, and the second after it, before which a second more is read.
		expect(failures.filter((isGivenUp) => isGivenUp)).toHaveLength(2);
		expect([...host.executions].sort()).toEqual(['t-0', 't-2', ...due(world)].sort());
		expect(host.state!.from).toBe(world.now - OVERLAP);
		expect(host.state!.unreadable).toBeUndefined();
	});

	test('does not become news when it is read only after the activation', async () => {
		const before = [0, 1].map((index) => thingAt(`t-${index}`, NOW - MINUTE + index));
		const world = new World(before, 'true', BORN);
		world.now = NOW;
		world.bad = [{ second: NOW - MINUTE, healsAt: NOW + 30 * SECOND }];
		const host = new Host(world, { rule: BORN, overlap: OVERLAP });
		await host.activate();
		world.now += MINUTE;
		expect(await host.poll()).toEqual([]);
	});

	test('by the hundred does not stop what lies beyond for good', async () => {
		const things = every(SECOND, NOW + MINUTE, NOW + 4 * MINUTE);
		const after = every(20 * SECOND, NOW + 4 * MINUTE + SECOND, NOW + 2 * HOUR, 'true', 'after');
		const { world, host } = await watchOf([...things, ...after]);
		world.bad = things.map(({ born }) => ({ second: born, healsAt: Infinity }));
		await live({ world, host }, NOW + 2 * HOUR);
		expect([...host.executions].sort()).toEqual(idsOf([...things, ...after]).sort());
	});

	test('by the hundred refuses an activation, which could not tell what is new', async () => {
		const things = every(SECOND, NOW - MINUTE, NOW);
		const world = new World(things, 'true', BORN);
		world.now = NOW;
		world.bad = things.map(({ born }) => ({ second: born, healsAt: Infinity }));
		const host = new Host(world, { rule: BORN, overlap: OVERLAP });
		await expect(host.activate()).rejects.toThrow('20 seconds or more cannot be read whole');
	});
});

describe('an event', () => {
	test('is found as late as the overlap allows, and not told of when it comes later still', async () => {
		const { world, host } = await watchOf([
			thingAt('late', NOW + MINUTE, OVERLAP),
			thingAt('lost', NOW + MINUTE, OVERLAP + 5 * MINUTE),
		]);
		for (let poll = 0; poll < 30; poll++) {
			world.now += MINUTE;
			await host.poll();
		}
		expect(host.executions).toEqual(['late']);
	});

	test('is told once, though its row changes hours later', async () => {
		const thing = thingAt('a', NOW + MINUTE);
		thing.versions.push({ at: NOW + 20 * HOUR, visibleAt: NOW + 20 * HOUR, isDone: true });
		const { world, host } = await watchOf([thing], { rule: DONE });
		for (let poll = 0; poll < 21; poll++) {
			world.now += HOUR;
			await host.poll();
		}
		expect(host.executions).toEqual(['a']);
	});

	test('that one answer leaves out is not told again when the next has it', async () => {
		const { world, host } = await watchOf([thingAt('a', NOW + SECOND)]);
		world.now += MINUTE;
		await host.poll();
		const [thing] = world.things.splice(0);
		world.now += MINUTE;
		await host.poll();
		world.things.push(thing);
		world.now += MINUTE;
		expect(await host.poll()).toEqual([]);
	});

	test('at the edge of what is read again is not told twice for the second more that is read', async () => {
		const edge = Math.ceil(NOW / (15 * MINUTE)) * 15 * MINUTE + HOUR;
		const { world, host } = await watchOf([thingAt('a', edge - SECOND)]);
		world.now = edge;
		await host.poll();
		world.now = edge + OVERLAP;
		await host.poll();
		world.now += MINUTE;
		expect(await host.poll()).toEqual([]);
	});
});

describe('a watch of the first version', () => {
	const stored = (since: number) => ({ version: 1, event: 'born', from: NOW, since, seen: [] });

	test('goes on where it was, and keeps its history', async () => {
		const things = [thingAt('history', NOW + HOUR), thingAt('new', NOW + 3 * HOUR)];
		const { world, host } = await watchOf(things);
		host.adopt(stored(NOW + 2 * HOUR));
		world.now = NOW + 3 * HOUR + MINUTE;
		expect(await host.poll()).toEqual(['new']);
		expect(host.state!.since).toBeUndefined();
	});

	test('knows where its history ends as long as that may be read again', async () => {
		const since = NOW + 2 * HOUR;
		const { world, host } = await watchOf([thingAt('history', since - 1)]);
		host.adopt(stored(since));
		// A second more is read than from where everything is settled.
		world.now = since + SECOND + OVERLAP;
		expect(await host.poll()).toEqual([]);
		expect(host.state!.since).toBe(since);
		world.now += 1;
		expect(await host.poll()).toEqual([]);
		expect(host.state!.since).toBeUndefined();
	});
});
