import type { NewCall } from '../call';
import type { CallResult } from '../demo-call';
import type { Emulator } from '../interface';
import type { Fault } from '../faults';
import { bufferReply, errorReply, jsonReply } from '../http/reply';
import type { Reply } from '../http/reply';
import { READINGS, checkedReadings } from '../readings';
import { incomingBodies } from '../webhooks/bodies';
import type { Deliveries, Delivery } from '../webhooks/deliveries';

interface ControlRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	body: Buffer;
}

type Control = (emulator: Emulator, request: ControlRequest) => unknown;

/** The emulator itself, for tests in another process. */
const CONTROLS: Record<string, Control> = {
	'GET log': ({ log }) => ({
		entries: log.entries,
		maxInFlight: {
			all: log.maxInFlight(),
			calls: log.maxInFlight('calls'),
			auth: log.maxInFlight('auth'),
		},
	}),
	'DELETE log': ({ log }) => log.clear(),
	'GET table': ({ table }, { query }) => tableReply(table.all(), query),
	'POST readings': ({ readings }, { body }) =>
		Object.assign(readings, checkedReadings(JSON.parse(body.toString()))),
	'GET readings': ({ readings }) => readings,
	'GET readings/table': () => READINGS,
	'POST faults': ({ faults }, { body }) => {
		faults.add(...listOf<Fault>(body));
	},
	'DELETE faults': ({ faults }) => faults.clear(),
	'POST arrivals': ({ faults }, { body }) => {
		faults.arrivals(JSON.parse(body.toString()));
	},
	'POST moves': (emulator, { body }) => emulator.moveRows(JSON.parse(body.toString())),
	'POST clock': ({ clock }, { body }) => {
		const { advanceSeconds } = JSON.parse(body.toString()) as { advanceSeconds: number };
		if (!Number.isFinite(advanceSeconds)) throw new Error('advanceSeconds is a number.');
		clock.advance(advanceSeconds);
		return { now: clock.now() };
	},
	'GET dialling': ({ dialler }) => dialler.ledger(),
	'POST dialling/advance': ({ dialler }, { body }) => {
		const { calls = 1 } =
			body.length > 0 ? (JSON.parse(body.toString()) as { calls?: number }) : {};
		return dialler.advance(calls);
	},
	'POST dialling/outcomes': ({ dialler }, { body }) => {
		const given = JSON.parse(body.toString()) as Record<string, string[]>;
		for (const [person, statuses] of Object.entries(given)) dialler.setOutcomes(person, statuses);
	},
	'POST call': (emulator, { body }) =>
		emulator.makeCall(body.length > 0 ? (JSON.parse(body.toString()) as CallResult) : {}),
	'GET webhooks': ({ webhooks }) => ({ attempts: webhooks.attempts, pending: webhooks.pending }),
	'DELETE webhooks': ({ webhooks }) => webhooks.clear(),
	'POST webhooks': ({ webhooks }, { body }) => webhooks.send(deliveriesOf(body)),
	'POST webhooks/settings': ({ webhooks }, { body }) => {
		const { secondMs, headers } = JSON.parse(body.toString()) as Partial<Deliveries>;
		if (secondMs !== undefined) webhooks.secondMs = secondMs;
		if (headers !== undefined) webhooks.headers = headers;
	},
	'POST incoming-call': ({ table, clock, webhooks, readings }, { body }) => {
		const {
			url,
			number = '74950000000',
			...given
		} = JSON.parse(body.toString()) as CallResult & {
			url: string;
			number?: string;
		};
		const call = table.draft(clock.now(), { status: 'ANSWERED', ...given });
		const series = incomingBodies(call, number, readings);
		webhooks.send(series.map((one) => ({ url, body: one })));
		return call;
	},
	'GET templates': ({ dialler }) => dialler.templates,
	'POST calls': ({ table }, { body }) => table.insert(listOf<NewCall>(body)),
	'POST revoke-tokens': (emulator) => emulator.revokeTokens(),
	'POST withdraw-tokens': (emulator, { body }) => {
		const { everyMs } = JSON.parse(body.toString()) as { everyMs: number };
		if (!(everyMs >= 0)) throw new Error('everyMs is a number of milliseconds; 0: no more.');
		emulator.withdrawTokensEvery(everyMs);
	},
	'POST warm': (emulator, { body }) =>
		emulator.warm(body.length > 0 ? listOf<string>(body) : undefined),
	'POST reset': (emulator) => emulator.reset(),
};

/** Answers a request below `/__emulator/`; a request that makes no sense gets a 400 saying why. */
export function control(emulator: Emulator, request: ControlRequest): Reply {
	const name = request.path.slice('/__emulator/'.length);
	try {
		const id = /^calls\/(.+)$/.exec(name)?.[1];
		if (id !== undefined)
			return jsonReply(200, oneCall(emulator, decodeURIComponent(id), request) ?? null);
		const run = CONTROLS[`${request.method} ${name}`];
		if (!run)
			return errorReply(404, `No such control: ${request.method} ${name}`, Object.keys(CONTROLS));
		const result = run(emulator, request);
		return isReply(result) ? result : jsonReply(200, result ?? { ok: true });
	} catch (error) {
		return errorReply(400, error instanceof Error ? error.message : String(error));
	}
}

function oneCall({ table }: Emulator, id: string, { method, body }: ControlRequest): unknown {
	if (method === 'PATCH') return table.update(id, JSON.parse(body.toString()) as NewCall);
	if (method === 'DELETE') return table.remove(id);
	return table.find(id);
}

/** `?offset=…&limit=…` gives JSON, `?format=ndjson` (or no page) one call a line. */
function tableReply(calls: unknown[], query: Record<string, string>): Reply {
	if (query.limit !== undefined) {
		const offset = Number(query.offset ?? 0);
		return jsonReply(
			200,
			{ size: calls.length, calls: calls.slice(offset, offset + Number(query.limit)) },
			0,
		);
	}
	const lines = calls.map((call) => `${JSON.stringify(call)}\n`).join('');
	return bufferReply(200, 'application/x-ndjson; charset=utf-8', Buffer.from(lines));
}

/** One delivery or a series of them; each has an address that can be one. */
function deliveriesOf(body: Buffer): Delivery[] {
	const series = listOf<Delivery>(body);
	for (const { url } of series)
		if (!URL.canParse(url)) throw new Error(`Not an address to post to: ${url}`);
	return series;
}

function listOf<T>(body: Buffer): T[] {
	const given = JSON.parse(body.toString()) as T | T[];
	return Array.isArray(given) ? given : [given];
}

function isReply(value: unknown): value is Reply {
	return typeof value === 'object' && value !== null && 'body' in value && 'headers' in value;
}
