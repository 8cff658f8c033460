import { n8nEnvironment } from './environment';
import { ensureHost } from './install';
import { freePort } from './ports';
import { startProgram, type Program } from './processes';

/** n8n needs some ten seconds to start, and longer when it makes its database or the machine is busy. */
const START_TIMEOUT = 180_000;

/** How long n8n may take to end by itself before it is ended, in milliseconds. */
const STOP_TIMEOUT = 20_000;

export interface ServerOptions {
	/** The folder that holds `.n8n`: database, key, community packages. */
	userFolder: string;
	/** Where n8n listens; a free port if not given. */
	port?: number;
	/** Settings of n8n's that add to those of `n8nEnvironment`, or replace them. */
	env?: Record<string, string>;
	/** A file that gets what n8n prints. */
	log?: string;
}

/** A running n8n, or a worker of one. */
export interface Server extends Program {
	/** Address of the editor and the API, of a worker that of its health check; without a slash at the end. */
	url: string;
}

/**
 * Starts the pinned n8n and waits until it serves.
 *
 * @throws Error with the last lines of n8n's log if it ends before that, or does not serve within three minutes
 */
export async function startServer(options: ServerOptions): Promise<Server> {
	return await launch(['start'], options, serves);
}

/**
 * Starts a worker of the pinned n8n and waits until it takes jobs. `env` says where Redis and Postgres are.
 *
 * @param options `port` is that of the worker's health check, which is all that it serves
 * @param concurrency how many executions it runs at a time; n8n warns of fewer than five
 * @throws Error as `startServer` does
 */
export async function startWorker(options: ServerOptions, concurrency = 5): Promise<Server> {
	const port = options.port ?? (await freePort());
	const health = {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
	const env = { ...health, ...options.env };
	return await launch(
		['worker', `--concurrency=${concurrency}`],
		{ ...options, port, env },
		takesJobs,
	);
}

/**
 * Starts a process of the pinned n8n that only takes webhooks in, and waits until it does. `env` says where Redis and
 * Postgres are.
 *
 * @throws Error as `startServer` does
 */
export async function startWebhookProcess(options: ServerOptions): Promise<Server> {
	return await launch(['webhook'], options, takesJobs);
}

async function launch(
	command: string[],
	{ userFolder, port, env, log }: ServerOptions,
	isReady: (url: string) => Promise<boolean>,
): Promise<Server> {
	const host = await ensureHost();
	const listenOn = port ?? (await freePort());
	const url = `http://127.0.0.1:${listenOn}`;
	const program = await startProgram(host.node, [host.n8n, ...command], {
		name: `n8n at ${url}`,
		run: {
			cwd: userFolder,
			env: n8nEnvironment(userFolder, listenOn, await freePort(), env),
			extendEnv: false,
		},
		isReady: async () => await isReady(url),
		patience: { start: START_TIMEOUT, stop: STOP_TIMEOUT },
		stopSignal: 'SIGTERM',
		log,
	});
	return { url, ...program };
}

/** Whether n8n answers with its settings rather than with the page that asks for patience. */
async function serves(url: string): Promise<boolean> {
	try {
		const response = await fetch(`${url}/rest/settings`);
		const isJson = response.headers.get('content-type')?.includes('json');
		await response.arrayBuffer();
		return response.ok && isJson === true;
	} catch {
		return false;
	}
}

/** Whether a worker is connected to its database and its queue. */
async function takesJobs(url: string): Promise<boolean> {
	try {
		const response = await fetch(`${url}/healthz/readiness`);
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}
