/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test: it needs servers that misbehave */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import type { INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../../tools/emulator';
import { keepsInnerErrors, noticesDamagedAnswers } from '../../../tools/n8n-engine';
import type { RunOptions } from '../../../tools/n8n-engine';
import { Setting } from '../support/setting';

const FROM = '2026-06-01T00:00:00Z';
const TO = '2026-07-01T00:00:00Z';
const SIZE = 2500;
const june = {
	period: 'custom',
	from: FROM,
	to: TO,
	returnAll: true,
	fieldSet: 'selected',
	fields: ['id'],
	// One request at a time, so that each that is seen is one after a failure.
	options: { parallelRequests: 1 },
};

let setting: Setting;
beforeAll(async () => {
	setting = await Setting.open({ calls: SIZE, data: { from: FROM, to: TO } });
	// The one login that all tests share, so that faults of "calls" are the only ones.
	await setting.run('search', { ...june, returnAll: false, limit: 1 });
});
afterAll(async () => await setting.close());
beforeEach(() => {
	setting.twin24.reset();
	setting.engine.clearLogs();
});

const search = async (parameters: INodeParameters = {}, options?: RunOptions) =>
	await setting.run('search', { ...june, ...parameters }, options);

const strike = (fault: Fault) => setting.twin24.faults.add({ service: 'calls', ...fault });

/** A credential whose requests queue up with no other test's. */
const ownAccount = () => {
	const email = `own+${setting.twin24.accounts.length}@twin24.test`;
	setting.twin24.accounts.push({ email, password: 'own', companyId: 1758, companies: [1758] });
	return setting.credential({ email, password: 'own' });
};

/** What the node told n8n's log. */
const told = () =>
	setting.engine
		.logs('warn')
		.map(({ message }) => message)
		.filter((message) => message.startsWith('TWIN24'));

describe('what passes by itself is waited for, and the search is whole:', () => {
	type Row = [what: string, fault: Fault, told: string];
	type Of<K extends Fault['kind']> = Extract<Fault, { kind: K }>;
	const status = (code: number, told: string, how = '', more: Partial<Of<'status'>> = {}): Row => [
		`${code} ${how}`.trim(),
		{ ...more, kind: 'status', status: code },
		`TWIN24's calls report ${told} (HTTP ${code})`,
	];
	const NO_CALLS = "TWIN24's calls report answered with something else than a list of calls";
	const NO_JSON = "The answer of TWIN24's calls report broke off or is not JSON";
	const garbage = (what: string, variant: Of<'garbage'>['variant'], told: string): Row => [
		what,
		{ kind: 'garbage', variant },
		told,
	];
	const cutOff = (how: string, fault: Partial<Of<'cutOff'>>): Row => [
		`an answer cut off, ${how}`,
		{ ...fault, kind: 'cutOff' },
		'The (answer|connection).* broke off',
	];

	const TOO_MANY = 'is receiving too many requests';
	const FAILED = 'failed to answer';
	const faults: Row[] = [
		status(408, 'took too long to read the request'),
		status(425, 'was not ready for the request'),
		status(429, TOO_MANY),
		status(429, TOO_MANY, 'with Retry-After in seconds', { retryAfter: 1 }),
		status(429, TOO_MANY, 'with Retry-After as a date', {
			retryAfter: 'date',
			retryAfterSeconds: 1,
		}),
		status(500, FAILED),
		['502 as a web page', { kind: 'html', status: 502 }, status(502, FAILED)[2]],
		status(503, FAILED, 'with Retry-After', { retryAfter: 1 }),
		status(504, 'took too long to answer'),
		[
			'a web page with status 200',
			{ kind: 'html' },
			"TWIN24's calls report answered with a web page instead of data",
		],
		cutOff('its length told', { encoding: 'length' }),
		cutOff('in chunks', { encoding: 'chunked', at: 0.9 }),
		['a connection reset', { kind: 'reset' }, "The connection to TWIN24's calls report broke off"],
		garbage('rows without an ID', 'rowsWithoutIds', NO_CALLS),
		garbage('rows that are no calls', 'rowsNotObjects', NO_CALLS),
		garbage('no rows at all', 'itemsMissing', NO_CALLS),
		garbage('null', 'null', NO_CALLS),
		garbage('half of the JSON', 'notJson', NO_JSON),
		garbage('nothing', 'empty', `${NO_CALLS}|${NO_JSON}`),
	];
	// On the second page, so that a page between others is the one that has to be asked for again.
	test.each(faults)('%s', async (_what, fault, words) => {
		strike({ ...fault, times: 1, skip: 1 });
		const { items, error } = await search();
		expect(error).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(SIZE);
		expect(items).toHaveLength(SIZE);
		expect(told()).toHaveLength(1);
		expect(told()[0]).toMatch(
			new RegExp(
				`^TWIN24: (${words.replace(/\((HTTP \d+)\)/, '\\($1\\)')}).*; asking again in \\d+\\.\\d s \\(1 of 5\\)$`,
			),
		);
	});

	test('silence, when the node is told how long to wait', async () => {
		strike({ kind: 'hang', times: 1, skip: 1 });
		const { items, error } = await search({ requestOptions: { timeout: 300 } });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(SIZE);
		expect(told()).toEqual([
			expect.stringMatching(
				/^TWIN24: TWIN24's calls report did not answer in time; asking again in/,
			),
		]);
	});

	test('get, too', async () => {
		strike({ kind: 'status', status: 503, times: 1 });
		const [{ id }] = setting.twin24.table.all();
		const { items } = await setting.run('get', { callId: id });
		expect(items.map(({ json }) => json.id)).toEqual([id]);
		expect(told()).toHaveLength(1);
	});
});

describe('what cannot pass is said at once, in plain words, with those of TWIN24:', () => {
	test.each([
		[
			400,
			"TWIN24's calls report did not accept the request (HTTP 400)",
			'Check the fields, filters and dates of this node. TWIN24 says: Некорректный запрос.: Проверьте параметры запроса.',
		],
		[
			402,
			'TWIN24 refuses because of the account balance (HTTP 402)',
			'Top up the TWIN24 account, then run the workflow again. TWIN24 says: Недостаточно средств.: Пополните баланс компании.',
		],
		[
			403,
			'This TWIN24 account may not read the calls report (HTTP 403)',
			'Ask the administrator of your TWIN24 account for access to statistics, or use another credential. TWIN24 says: Доступ запрещён.: У пользователя нет прав на просмотр статистики.',
		],
		[
			404,
			"TWIN24's calls report does not know this address (HTTP 404)",
			'Check the URLs in the credential. TWIN24 says: Не найдено.: Запрошенный ресурс не существует.',
		],
		[
			405,
			"TWIN24's calls report does not know this kind of request (HTTP 405)",
			'Check the URLs in the credential. TWIN24 says: Метод не поддерживается.: Используйте другой метод.',
		],
		[
			422,
			"TWIN24's calls report could not work with the values sent (HTTP 422)",
			'Check the fields, filters and dates of this node. TWIN24 says: Ошибка валидации.: Проверьте параметры запроса.',
		],
	])('%i', async (status, message, description) => {
		strike({ kind: 'status', status });
		const { items, error } = await search();
		expect(items).toEqual([]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message,
			description,
			httpCode: String(status),
		});
		expect(setting.twin24.log.count('calls')).toBe(1);
		expect(told()).toEqual([]);
	});

	test.each([
		['errors as a list', { errors: [{ message: 'Раз' }, { detail: 'Два' }] }, 'Раз: Два'],
		['detail', { detail: 'Так нельзя' }, 'Так нельзя'],
		['message', { message: 'Так нельзя' }, 'Так нельзя'],
		['plain text', 'Так нельзя', 'Так нельзя'],
	])('the words come through as %s', async (_how, body, words) => {
		// Of other answers than objects, older n8n leaves nothing.
		if (typeof body === 'string' && !keepsInnerErrors()) return;
		strike({ kind: 'status', status: 400, body });
		const { error } = await search();
		expect(error?.description).toBe(
			`Check the fields, filters and dates of this node. TWIN24 says: ${words}`,
		);
	});

	test.each([[400], [403], [422]])(
		'a web page in front of TWIN24 is named as what it is, and not as a refusal of TWIN24 (HTTP %i)',
		async (status) => {
			if (!keepsInnerErrors()) return;
			strike({ kind: 'html', status, body: '<html><body><h1>Blocked</h1></body></html>' });
			const { error } = await search();
			expect(error?.message).toBe(
				`A web page in front of TWIN24's calls report refused the request (HTTP ${status})`,
			);
			expect(error?.description).toContain('a firewall or a proxy');
			expect(error?.description).toContain('The page says: Blocked');
		},
	);

	test('a wait that is too long tells when to come back, how often and for how long it was tried', async () => {
		if (!keepsInnerErrors()) return;
		strike({ kind: 'status', status: 429, retryAfter: 3600 });
		const twin24Api = ownAccount();
		const { error } = await search({}, { credentials: { twin24Api } });
		expect(error?.message).toMatch(
			/^TWIN24's calls report is receiving too many requests \(HTTP 429\), after 1 attempt in \d+\.\d s; it asks to come back in 60 min$/,
		);
		expect(error?.description).toContain('Lower "Parallel Requests" under Options');
		expect(setting.twin24.log.count('calls')).toBe(1);

		// Whoever comes meanwhile is told the same, and TWIN24 is left alone.
		const next = await search({}, { credentials: { twin24Api } });
		expect(next.error?.message).toMatch(
			/^TWIN24's calls report is receiving too many requests \(HTTP 429\).*; it asks to come back in 60 min$/,
		);
		expect(setting.twin24.log.count('calls')).toBe(1);
	});
});

test('"Continue" gives one error item for the input item that failed, and the others their calls', async () => {
	strike({ kind: 'status', status: 403, match: ({ keyword }) => keyword === 'bad' });
	const { items } = await search(
		{ returnAll: false, limit: 2, filters: { keyword: '={{ $json.word }}' } },
		{ items: [{ word: 'робот' }, { word: 'bad' }, { word: 'робот' }], continueOnFail: true },
	);
	expect(items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
		[undefined, { item: 0 }],
		[undefined, { item: 0 }],
		[
			expect.stringMatching(
				/^This TWIN24 account may not read the calls report \(HTTP 403\)\. Ask/,
			),
			{ item: 1 },
		],
		[undefined, { item: 2 }],
		[undefined, { item: 2 }],
	]);
});

test('several faults in one run are each survived', async () => {
	strike({ kind: 'reset', times: 1 });
	strike({ kind: 'html', times: 1 });
	strike({ kind: 'status', status: 502, times: 1 });
	strike({ kind: 'cutOff', times: 1 });
	const { items, error } = await search({ options: { parallelRequests: 1 } });
	expect(error).toBeUndefined();
	expect(new Set(items.map(({ json }) => json.id)).size).toBe(SIZE);
	expect(told()).toHaveLength(4);
});

test.each<[string, Fault]>([
	['a request that hangs', { kind: 'hang' }],
	['a pause', { kind: 'status', status: 503, retryAfter: 300 }],
])('a stop ends %s, and n8n shows the run as stopped, not as failed', async (_what, fault) => {
	strike(fault);
	const { result, cancel } = await setting.engine.start({
		node: 'twin24Calls',
		parameters: { ...june, resource: 'call', operation: 'search' },
		credentials: { twin24Api: setting.credential() },
	});
	const isUnderWay = () =>
		fault.kind === 'hang' ? setting.twin24.log.count('calls') > 0 : told().length > 0;
	while (!isUnderWay()) await new Promise(setImmediate);
	cancel();
	expect((await result).status).toBe('canceled');
	expect(setting.twin24.log.count('calls')).toBe(1);
});

describe('a server that misbehaves on the wire:', () => {
	let server: Server;
	let url = '';
	/** What it does with each request, the first one first; all others get a list without calls. */
	let behaviours: RequestListener[] = [];
	let requests: IncomingMessage[] = [];
	/** Those that are under way, and the most that were. */
	let inFlight = 0;
	let mostInFlight = 0;

	const json =
		(body: string): RequestListener =>
		(_request, response) => {
			response.setHeader('content-type', 'application/json');
			response.end(body);
		};
	const empty = json('{"count": 0, "items": []}');
	const hang: RequestListener = () => {};

	beforeAll(async () => {
		server = createServer((request, response) => {
			requests.push(request);
			mostInFlight = Math.max(mostInFlight, ++inFlight);
			response.once('close', () => inFlight--);
			(behaviours.shift() ?? empty)(request, response);
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});
	beforeEach(() => {
		behaviours = [];
		requests = [];
		inFlight = 0;
		mostInFlight = 0;
	});

	const credentials = () => ({ twin24Api: { ...ownAccount(), baseUrl: url } });
	const start = async (parameters: INodeParameters = {}, given = credentials()) =>
		await setting.engine.start({
			node: 'twin24Calls',
			parameters: { ...june, resource: 'call', operation: 'search', ...parameters },
			credentials: given,
		});
	const turn = async () => await new Promise(setImmediate);

	test('an answer that comes drop by drop is given up, and the connection closed', async () => {
		let closed: Promise<unknown> | undefined;
		behaviours = [
			(_request, response) => {
				closed = once(response, 'close');
				drip(response);
			},
		];
		const { error } = await search(
			{ requestOptions: { timeout: 200 } },
			{ credentials: credentials() },
		);
		expect(error).toBeUndefined();
		expect(told()).toEqual([
			expect.stringMatching(
				/^TWIN24: The answer of TWIN24's calls report was not complete after 0.5 s; asking again in/,
			),
		]);
		await closed;
		expect(requests).toHaveLength(2);
	});

	test.each<[string, Buffer, string]>([
		['is none', Buffer.from('no gzip at all'), 'came damaged'],
		[
			'breaks off',
			gzipSync('{"count": 0, "items": []}').subarray(0, 20),
			'broke off( or is not JSON)?',
		],
	])('compression that %s is asked for again', async (what, body, words) => {
		if (what === 'is none' && !noticesDamagedAnswers()) return;
		behaviours = [
			(_request, response) => {
				response.setHeader('content-encoding', 'gzip');
				response.setHeader('content-type', 'application/json');
				response.end(body);
			},
		];
		const { error } = await search({}, { credentials: credentials() });
		expect(error).toBeUndefined();
		expect(requests).toHaveLength(2);
		expect(told()).toEqual([
			expect.stringMatching(
				new RegExp(`^TWIN24: The answer of TWIN24's calls report ${words}; asking again in`),
			),
		]);
	});

	test('searches that are stopped leave no request under way, so that the next keep the limit', async () => {
		const given = credentials();
		for (let search = 0; search < 5; search++) {
			behaviours.push(hang);
			const asked = requests.length;
			const { result, cancel } = await start({ options: { parallelRequests: 1 } }, given);
			while (requests.length === asked) await turn();
			cancel();
			expect((await result).status).toBe('canceled');
			while (inFlight > 0) await turn();
		}
		expect(mostInFlight).toBe(1);
	});

	describe('a proxy in the Request Options', () => {
		/** What stands in the place of TWIN24 as the proxy is asked for whole addresses. */
		const asProxy = (...answers: string[]) => {
			behaviours = answers.map(json);
			return { proxy: `http://anna:p%3Aass@${new URL(url).host}` };
		};
		const TOKEN = '{"token": "from the proxy"}';
		const behindProxy = () => ({
			twin24Api: {
				...credentials().twin24Api,
				baseUrl: 'http://report.twin24.test',
				authUrl: 'http://login.twin24.test',
				tasksUrl: 'http://tasks.twin24.test',
			},
		});
		const addresses = () => requests.map((request) => request.url?.split('?')[0]);
		/** Of the user and the password of the proxy, which has a colon in it. */
		const LOGIN = `Basic ${Buffer.from('anna:p:ass').toString('base64')}`;
		const logins = () => requests.map(({ headers }) => headers['proxy-authorization']);

		test('takes the login along with the report', async () => {
			const requestOptions = asProxy(TOKEN);
			const { error } = await search({ requestOptions }, { credentials: behindProxy() });
			expect(error).toBeUndefined();
			expect(addresses()).toEqual([
				'http://login.twin24.test/api/v1/auth/login',
				'http://report.twin24.test/api/v1/search/cis/calls',
			]);
			expect(requests[1].headers.authorization).toBe('Bearer from the proxy');
			expect(logins()).toEqual([LOGIN, LOGIN]);
		});

		test('is used for the lists in the editor, too', async () => {
			const requestOptions = asProxy(
				TOKEN,
				'{"count": 1, "items": [{"id": "t-1", "name": "Calls of June"}]}',
			);
			const { results } = await setting.engine.listSearch('searchTasks', {
				parameters: { requestOptions },
				credentials: behindProxy(),
			});
			expect(results).toEqual([{ name: 'Calls of June', value: 't-1' }]);
			expect(addresses()).toEqual([
				'http://login.twin24.test/api/v1/auth/login',
				'http://tasks.twin24.test/api/v1/telephony/autoCall',
			]);
			expect(logins()).toEqual([LOGIN, LOGIN]);
		});
	});
});

/** Answers a byte at a time, for ever, and each soon enough not to count as silence. */
const drip = (response: ServerResponse) => {
	response.setHeader('content-type', 'application/json');
	const timer = setInterval(() => response.write(' '), 20);
	response.once('close', () => clearInterval(timer));
};
