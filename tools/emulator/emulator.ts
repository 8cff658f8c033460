/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the emulator is a server of its own and never published */
import type { Server } from 'node:http';

import { FIELD_NAMES } from '../../nodes/Twin24/report/catalogue';
import type { NewCall } from './call';
import { DataSet } from './data/data-set';
import type { DataSetOptions } from './data/data-set';
import { makeCall } from './demo-call';
import { Dialler } from './dialling/dialler';
import { Faults } from './faults';
import { RequestLog } from './http/request-log';
import type { Emulator } from './interface';
import { DEFAULT_READINGS, checkedReadings } from './readings';
import type { Readings } from './readings';
import { clockOf } from './report/clock';
import { movingRows } from './report/moving-rows';
import { RowJson } from './report/row-json';
import { Search } from './report/search';
import { listen, serve, shut, urlOf } from './server';
import { apiSite, recordsSite } from './site';
import { RecordStore } from './services/records';
import { CallTable } from './table/call-table';
import { DEFAULT_COMPANY, Tokens } from './tokens';
import type { Account } from './tokens';
import { Timers } from './timers';
import { Deliveries } from './webhooks/deliveries';
import { Hooks } from './webhooks/hooks';
import { WallClock } from './wall-clock';

export interface EmulatorOptions {
	/** Default 0: any free port. The host is always 127.0.0.1. */
	port?: number;
	/** The port of the recordings' store; default 0. */
	recordsPort?: number;
	/** How many calls are generated, or the calls themselves (what they leave out is generated). */
	calls?: number | readonly NewCall[];
	data?: DataSetOptions;
	readings?: Partial<Readings>;
	/** Default: demo@twin24.test with "demo-password". */
	accounts?: Account[];
	/** Seconds after which a token ends whatever was asked. */
	tokenTtlCap?: number;
	/** Milliseconds that every answer of the API waits; `reset()` keeps it. */
	latency?: number;
	/** Milliseconds from one call of the running tasks to the next; left out, only `advance` makes them. */
	dialEvery?: number;
	/** Milliseconds from one call that comes by itself to the next, for a demo; left out: none. */
	callEvery?: number;
	/** Real milliseconds of a second of the webhooks' delays and pauses; default 1000. */
	webhookSecond?: number;
	now?: () => Date;
}

export const DEMO_ACCOUNT: Account = {
	email: 'demo@twin24.test',
	password: 'demo-password',
	companyId: DEFAULT_COMPANY,
};

/** Starts a TWIN24 on this machine. Rejects with code EADDRINUSE when a port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const servers: Server[] = [];
	try {
		for (const port of [options.port, options.recordsPort]) servers.push(await listen(port ?? 0));
		return assemble(options, servers[0], servers[1]);
	} catch (error) {
		await Promise.all(servers.map(shut));
		return await Promise.reject(error);
	}
}

function assemble(options: EmulatorOptions, server: Server, recordsServer: Server): Emulator {
	const clock = new WallClock(options.now ?? (() => new Date()));
	const { now } = clock;
	const { calls = 0, accounts = [DEMO_ACCOUNT] } = options;
	const recordsUrl = urlOf(recordsServer);

	const size = typeof calls === 'number' ? calls : 0;
	const companyId = options.data?.companyId ?? accounts[0]?.companyId ?? DEFAULT_COMPANY;
	const data = new DataSet(size, { ...options.data, companyId }, recordsUrl, now());
	const table = new CallTable(data, now);
	if (typeof calls !== 'number') table.insert(calls);

	const readings: Readings = { ...DEFAULT_READINGS, ...checkedReadings(options.readings ?? {}) };
	const faults = new Faults(table);
	const log = new RequestLog();
	const records = new RecordStore(table);
	const tokens = new Tokens(now, options.tokenTtlCap ?? Infinity);
	const search = new Search(table);
	const rowJson = new RowJson(table);
	const under = () => ({ readings, clock: clockOf(readings, now().getTime() * 1000) });
	const { tasks, bots } = data;
	const dialler = new Dialler({ table, readings, now, tasks, bots });
	const world = {
		accounts,
		tokens,
		table,
		data,
		readings,
		search,
		rowJson,
		faults,
		dialler,
		under,
		now,
	};
	const webhooks = new Deliveries();
	if (options.webhookSecond !== undefined) webhooks.secondMs = options.webhookSecond;
	dialler.listen(new Hooks(webhooks, readings).hear);
	const timers = new Timers();
	if (options.dialEvery) timers.every(options.dialEvery, () => dialler.advance());
	if (options.callEvery) timers.every(options.callEvery, () => makeCall(dialler));

	const latency = options.latency ?? 0;
	const calm = () => {
		faults.clear();
		if (latency > 0)
			faults.add({
				kind: 'latency',
				ms: latency,
				match: (_query, { service }) => service !== 'records',
			});
	};
	calm();
	const emulator: Emulator = {
		url: urlOf(server),
		recordsUrl,
		table,
		readings,
		faults,
		records,
		log,
		clock,
		accounts,
		dialler,
		get tasks() {
			return dialler.tasks;
		},
		bots,
		webhooks,
		makeCall: (result) => makeCall(dialler, result),
		revokeTokens: () => tokens.revokeAll(),
		withdrawTokensEvery: (ms) => tokens.withdrawEvery(ms),
		moveRows: (moves) => {
			faults.beforePage(movingRows(moves, table, search, under));
		},
		warm: (fields = FIELD_NAMES) => rowJson.warm(fields, under().clock),
		reset: () => {
			calm();
			records.clear();
			tokens.withdrawEvery(0);
			log.clear();
			Object.assign(readings, DEFAULT_READINGS, options.readings);
			webhooks.clear();
			dialler.clear();
		},
		close: async () => {
			timers.clear();
			webhooks.clear();
			await Promise.all([shut(server), shut(recordsServer)]);
		},
	};
	server.on('request', serve(apiSite(world, emulator), log, faults));
	recordsServer.on('request', serve(recordsSite(world, records), log, faults));
	return emulator;
}
