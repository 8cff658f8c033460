import { itemsOf, waitFor } from '../../tools/n8n-host';
import { startCluster, type Cluster } from '../../tools/n8n-host/queue';
import { OWNER } from '../../tools/n8n-host/start-n8n';
import { importBackfill, type Backfill, type Progress } from '../../tools/n8n-host/queue/backfill';
import { startEmulatorProcess, type EmulatorProcess } from '../../tools/emulator/process';
import { expectSameCalls } from './support/same-calls';

const CALLS = 300_000;
const PERIOD = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
const CALLS_PER_SLICE = 6_000;

/** Milliseconds that a page takes, so that a slice is long enough to be broken off. */
const LATENCY = 100;

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

/** Far longer than it takes; only a test that will fail waits for so long. */
const PATIENCE = 5 * 60_000;

/** n8n looks after dead workers every half minute, and gives them one: here it is quicker. Milliseconds. */
const QUICK_FUNERAL = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

describe('the backfill example in queue mode', () => {
	let emulator: EmulatorProcess;
	let cluster: Cluster;
	let backfill: Backfill;

	beforeAll(async () => {
		emulator = await startEmulatorProcess({ calls: CALLS, ...PERIOD });
		cluster = await startCluster(OWNER, { workers: 2, env: QUICK_FUNERAL });
		backfill = await importBackfill(cluster, emulator.url, {
			...PERIOD,
			maxCallsPerSlice: CALLS_PER_SLICE,
		});
		await emulator.control('POST', 'faults', [
			{ kind: 'latency', service: 'calls', ms: LATENCY },
			{ kind: 'status', service: 'calls', status: 503, every: 29 },
			{ kind: 'cutOff', service: 'calls', every: 43 },
			{ kind: 'reset', service: 'calls', every: 61 },
		]);
	}, START_TIMEOUT);

	afterAll(async () => {
		await cluster?.stop();
		await emulator?.stop();
	});

	const until = async (
		what: string,
		isReached: (progress: Progress) => boolean,
	): Promise<Progress> =>
		await waitFor(what, PATIENCE, async () => {
			const progress = await backfill.progress();
			return isReached(progress) ? progress : undefined;
		});

	/** Runs the plan; gives the number of slices that it handed out. */
	const plan = async (): Promise<{ handedOut: number; hasCounted: boolean }> => {
		const execution = await backfill.plan();
		expect(execution.data.resultData.error).toBeUndefined();
		return {
			handedOut: itemsOf(execution, 'Hand each to a worker').length,
			hasCounted: 'Count calls' in execution.data.resultData.runData,
		};
	};

	/** Waits until no job is left, those of the dead among them, and gives what has come of it. */
	const atRest = async (): Promise<Progress> => {
		await waitFor('the end of all jobs', PATIENCE, async () => {
			const [left] = await cluster.postgres.query(
				"SELECT count(*) FROM execution_entity WHERE status IN ('new', 'running')",
				'n8n',
			);
			return left === '0' || undefined;
		});
		return await backfill.progress();
	};

	it(
		'brings every call into Postgres exactly once, though a worker dies in the middle',
		async () => {
			const first = await plan();
			expect(first).toEqual({ handedOut: (await backfill.progress()).slices, hasCounted: true });

			// A worker has five slices at a time: of six both have some.
			await until('slices under way at both workers', ({ done, begun }) => done >= 5 && begun >= 6);
			await cluster.endWorker(cluster.workers[0], 'kill');
			await cluster.addWorker();
			const { slices, done } = await atRest();
			const lost = slices - done;
			expect(lost).toBeGreaterThanOrEqual(1);
			expect(lost).toBeLessThanOrEqual(5);

			expect(await plan()).toEqual({ handedOut: lost, hasCounted: false });
			expect(await atRest()).toEqual({ slices, done: slices, begun: 0 });
			await expectSameCalls(cluster.postgres, await emulator.calls());

			// The main process logged in to count; the three workers found its token in the database.
			expect(await emulator.count('auth')).toBe(1);
		},
		2 * PATIENCE,
	);

	it(
		'logs in once per process at most when the token has run out, and leaves no call twice',
		async () => {
			await emulator.control('POST', 'revoke-tokens');
			await emulator.control('DELETE', 'log');
			const again = 20;
			await cluster.postgres.query(
				`UPDATE twin24_slices SET done_at = NULL WHERE slice_from IN (SELECT slice_from FROM twin24_slices ORDER BY slice_from LIMIT ${again})`,
			);

			expect(await plan()).toEqual({ handedOut: again, hasCounted: false });
			expect((await atRest()).begun).toBe(0);

			const logins = await emulator.count('auth');
			expect(logins).toBeGreaterThanOrEqual(1);
			expect(logins).toBeLessThanOrEqual(cluster.workers.length);
			expect(await emulator.count('calls')).toBeGreaterThan((again * CALLS_PER_SLICE) / 2 / 1000);
			await expectSameCalls(cluster.postgres, await emulator.calls());
		},
		PATIENCE,
	);

	it(
		'counts only what is in no slice yet, and leaves neither gap nor overlap between slices',
		async () => {
			await cluster.postgres.query(
				'DELETE FROM twin24_slices WHERE slice_from IN (SELECT slice_from FROM twin24_slices ORDER BY slice_from OFFSET 7 LIMIT 2)',
			);
			const { handedOut, hasCounted } = await plan();

			expect(hasCounted).toBe(true);
			expect(handedOut).toBeLessThanOrEqual(4);
			expect((await atRest()).begun).toBe(0);
			const edges = await cluster.postgres.query(`SELECT count(*) FROM (
			SELECT slice_from, lag(slice_to) OVER (ORDER BY slice_from) AS before FROM twin24_slices
		) AS slice WHERE slice_from <> before`);
			expect(edges).toEqual(['0']);
			expect(await cluster.postgres.query('SELECT sum(saved) FROM twin24_slices')).toEqual([
				String(CALLS),
			]);
		},
		PATIENCE,
	);
});
