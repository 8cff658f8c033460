/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs a real n8n in queue mode, never published */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8nClient, type Login, type SavedCredential } from '../client';
import { installPackage, packPackage } from '../community-package';
import { freePort } from '../ports';
import { startServer, startWebhookProcess, startWorker, type Server } from '../server';
import type { Daemon } from './daemon';
import { POSTGRES_USER, postgresCredential, startPostgres, type Postgres } from './postgres';
import { startRedis } from './redis';

/** n8n in queue mode: a main process that takes what comes in, workers that run it, Redis and Postgres between them. */
export interface Cluster {
	main: Server;
	client: N8nClient;
	postgres: Postgres;
	redis: Daemon;
	/** The workers that were started and not ended by `endWorker`, in the order of their start. */
	workers: Server[];
	/** Starts one more worker, in a user folder of its own, as on a machine of its own. */
	addWorker: () => Promise<Server>;
	/** Starts a process that only takes webhooks in, at an address of its own. */
	addWebhookProcess: () => Promise<Server>;
	/** Ends a worker, in order (it finishes its jobs first) or as a crash would. */
	endWorker: (worker: Server, how: 'stop' | 'kill') => Promise<void>;
	/** Saves a credential for the database that `postgres.query` reaches, as n8n's Postgres node wants it. */
	savePostgresCredential: () => Promise<SavedCredential>;
	stop: () => Promise<void>;
}

/** n8n's own tables are kept apart from the workflows'. */
const N8N_DATABASE = 'n8n';

/** Whatever encrypts the credentials must be the same for all of them. */
const ENCRYPTION_KEY = 'a-key-for-tests-only';

/**
 * Starts n8n in queue mode with `dist` installed in every process.
 *
 * @param owner who is signed in to the main process
 * @param options `workers`: how many; `env`: further settings, the same for all processes
 * @throws Error with the last words of the program that does not start
 */
export async function startCluster(
	owner: Login,
	{ workers = 2, env = {} }: { workers?: number; env?: Record<string, string> } = {},
): Promise<Cluster> {
	const running: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of running.splice(0).reverse()) await end();
	};
	try {
		const folder = await mkdtemp(join(tmpdir(), 'twin24-cluster-'));
		running.push(async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 }));
		const tarball = await packPackage(folder);
		const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
		running.push(redis.stop, postgres.stop);
		await postgres.query(`CREATE DATABASE ${N8N_DATABASE}`);

		const port = await freePort();
		const shared = { ...clusterSettings(port, redis.port, postgres.port), ...env };
		let folders = 0;
		const freshFolder = async () => {
			const userFolder = join(folder, String(++folders));
			await mkdir(userFolder, { recursive: true });
			await installPackage(userFolder, tarball);
			return userFolder;
		};
		const main = await startServer({ userFolder: await freshFolder(), port, env: shared });
		running.push(main.stop);
		const client = new N8nClient(main.url);
		await client.signIn(owner);

		const cluster: Cluster = {
			main,
			client,
			postgres,
			redis,
			workers: [],
			addWorker: async () => {
				const worker = await startWorker({ userFolder: await freshFolder(), env: shared });
				running.push(worker.stop);
				cluster.workers.push(worker);
				return worker;
			},
			addWebhookProcess: async () => {
				const intake = await startWebhookProcess({ userFolder: await freshFolder(), env: shared });
				running.push(intake.stop);
				return intake;
			},
			endWorker: async (worker, how) => {
				await worker[how]();
				cluster.workers = cluster.workers.filter((other) => other !== worker);
			},
			savePostgresCredential: async () =>
				await client.saveCredential('Postgres', 'postgres', postgresCredential(postgres.port)),
			stop,
		};
		await Promise.all(Array.from({ length: workers }, cluster.addWorker));
		return cluster;
	} catch (error) {
		await stop();
		throw error;
	}
}

/** What makes an n8n part of a cluster. */
function clusterSettings(
	mainPort: number,
	redisPort: number,
	postgresPort: number,
): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: N8N_DATABASE,
		DB_POSTGRESDB_USER: POSTGRES_USER,
		DB_POSTGRESDB_PASSWORD: 'none needed',
		// Where webhooks are: workers do not serve any, but name their address too.
		WEBHOOK_URL: `http://127.0.0.1:${mainPort}/`,
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${mainPort}/`,
		GENERIC_TIMEZONE: 'UTC',
	};
}
