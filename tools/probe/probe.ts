/* eslint-disable @n8n/community-nodes/require-node-api-error -- a program of its own, with errors of its own, never published */
import { Client, CLIENT_OPTIONS } from './client';
import type { Account, ClientOptions, RecordedRequest } from './client';
import { Findings } from './findings';
import type { Finding } from './findings';
import { askCalls, mostRows } from './report-api';
import type { Ground } from './report-api';
import { askCap } from './questions/cap';
import { askClocks } from './questions/clocks';
import { askCount, askEmptyPage, askPages } from './questions/count';
import { askFields } from './questions/fields';
import { askFiles } from './questions/files';
import { askFilters, askIdList } from './questions/filters';
import { askHosts, findAddress } from './questions/hosts';
import { askLists } from './questions/lists';
import { askOrder, askSortKeys, askTies } from './questions/order';
import { askPageSize } from './questions/page-size';
import type { PageSize } from './questions/page-size';
import { askPeriodEnds, askTimeless } from './questions/period';
import { askStatuses } from './questions/statuses';
import { askErrors, askTraffic } from './questions/traffic';
import { isRefusal, pageOf } from './rows';
import type { Row } from './rows';
import { Sample, moment } from './sample';
import { Stop } from './stop';
import type { Ending } from './stop';
import type { Readings } from '../emulator/readings';
import { DAY } from '../emulator/time';

export interface ProbeOptions extends Partial<ClientOptions> {
	account: Account;
	/** What the account's password is: as typed, or its MD5. */
	passwordForm?: Readings['loginPassword'];
	/** Called before each group of questions, for somebody who waits. */
	progress?: (group: string) => void;
}

/** What a probe found, whole or as far as it came. */
export interface ProbeResult {
	ending: Ending;
	/** One sentence; empty when it is whole. */
	sentence: string;
	/** The readings that are settled. */
	readings: Partial<Readings>;
	findings: Finding[];
	requests: RecordedRequest[];
}

/** Asks an account which readings hold. Never rejects because of what TWIN24 does. */
export async function probe(options: ProbeOptions): Promise<ProbeResult> {
	const client = new Client(options.account, { ...CLIENT_OPTIONS, ...options });
	const findings = new Findings();
	const ended = (ending: Ending, sentence: string): ProbeResult => ({
		ending,
		sentence,
		readings: findings.readings,
		findings: findings.all(),
		requests: client.requests,
	});
	try {
		await ask(client, findings, options);
		return ended('whole', '');
	} catch (error) {
		if (error instanceof Stop) return ended(error.ending, error.message);
		throw error;
	}
}

async function ask(
	client: Client,
	findings: Findings,
	{ account, passwordForm = 'plain', progress = () => undefined }: ProbeOptions,
): Promise<void> {
	progress('the address and the login');
	await findAddress(client, account.host);
	await client.login();
	findings.reading('loginPassword', passwordForm, {
		requests: [client.requests.length],
		note: 'One form was tried, and it was taken',
	});

	await askHosts(client, findings, account.host);
	progress('fields and pages');
	await askAccess(client);
	const fields = await askFields(client, findings);
	await askErrors({ client, findings });
	await askEmptyPage({ client, findings });
	const size = await askPageSize(client, findings);
	const cap = await askCap(client, findings);
	progress('lists of tasks, bots and templates');
	await askLists({ client, findings });

	progress('a sample of calls');
	const ground = await groundOn(client, findings, fields, size);
	if (!ground) {
		if (await isEmpty(client))
			throw new Stop('emptyAccount', 'The account has no calls: what rests on rows stays open.');
		throw new Stop('whole', 'The calls come in no order of creation: what rests on it stays open.');
	}
	const steps: Array<[string, (ground: Ground) => Promise<void>]> = [
		['ends of a period', askPeriodEnds],
		['calls without a time', askTimeless],
		['count', async (known) => await askCount(known, cap.rows)],
		['page', askPages],
		['order', askOrder],
		['calls of one moment', async (known) => await askTies(known, cap.hasMore)],
		['clocks', askClocks],
		['statuses', askStatuses],
		['ids', askIdList],
		['files', askFiles],
		['filters', askFilters],
		['sort keys', askSortKeys],
		['headers and speed', askTraffic],
	];
	for (const [name, step] of steps) {
		progress(name);
		await step(ground);
	}
}

/** @throws Stop when the user may not read the report, or it answers with something else */
async function askAccess(client: Client): Promise<void> {
	const answer = await askCalls(client, { limit: 1 });
	if (pageOf(answer)) return;
	const { status } = answer;
	if ([401, 402, 403].includes(status))
		throw new Stop('noAccess', `TWIN24 does not let this user read the calls report (${status}).`);
	throw new Stop(
		'brokeOff',
		isRefusal(answer)
			? `The calls report refuses even its simplest request (${status}).`
			: `The calls report answers with something else than calls (${status}).`,
	);
}

async function isEmpty(client: Client): Promise<boolean> {
	return pageOf(await askCalls(client, { limit: 1 }))?.rows.length === 0;
}

/** How many calls are enough to reckon with, and in how many pages at most they are read. */
const SAMPLE_ROWS = 500;
const SAMPLE_PAGES = 8;

/** Below so many calls, those of the last day are taken too. */
const FEW = 100;

async function readSample(
	client: Client,
	fields: readonly string[],
	limit: number,
	to?: string,
): Promise<Row[][]> {
	const pages: Row[][] = [];
	for (let offset = 0; pages.length < SAMPLE_PAGES && offset < SAMPLE_ROWS;) {
		const answer = await askCalls(client, {
			fields: fields.join(','),
			sort: '-createdAt',
			limit: Math.min(limit, SAMPLE_ROWS),
			offset,
			to,
		});
		const rows = pageOf(answer)?.rows ?? [];
		if (rows.length === 0) break;
		pages.push(rows);
		offset += rows.length;
	}
	return pages;
}

async function groundOn(
	client: Client,
	findings: Findings,
	fields: string[],
	{ limit, pageRows }: PageSize,
): Promise<Ground | undefined> {
	// Calls of the last day may still change while they are asked about.
	const dayAgo = moment(Date.now() * 1000 - DAY);
	const old = await readSample(client, fields, limit, dayAgo);
	const pages = old.flat().length >= FEW ? old : await readSample(client, fields, limit);
	if (pages.length === 0) return undefined;
	try {
		const sample = new Sample(pages);
		const wide = sample.stretch(mostRows({ pageRows }), (rows) => rows.length);
		return { client, findings, limit, pageRows, sample, fields, wide };
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}
