/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test: it measures the process's own memory */
import type { INodeParameters } from 'n8n-workflow';

import { isN8n1 } from '../../../../tools/n8n-engine';
import { Setting } from '../../support/setting';

const MB = 1024 * 1024;
const ID = '99c5b0fe-fa95-40e8-8a47-f90774c336cd';
const SILENT = '819206ed-2391-4e8d-b8c3-8ec6ebf08f20';

const byId = (id = ID): INodeParameters => ({ recording: { __rl: true, mode: 'id', value: id } });
const byUrl = (value: string): INodeParameters => ({
	recording: { __rl: true, mode: 'url', value },
});

describe('getRecording', () => {
	let setting: Setting;
	let url: string;
	beforeAll(async () => {
		setting = await Setting.open();
		url = `${setting.twin24.recordsUrl}/records//1758/2026/06/29/${ID}.mp3`;
		setting.twin24.table.insert([
			{
				id: ID,
				phone: '79991234567',
				status: 'ANSWERED',
				duration: 18,
				startedAt: '2026-06-29T08:44:26.000000Z',
				createdAt: '2026-06-29T08:44:14.000000Z',
				recordPath: url,
			},
			{ id: SILENT, status: 'NOANSWER', duration: 0, recordPath: null },
		]);
	});
	afterAll(async () => await setting.close());
	beforeEach(() => setting.twin24.reset());

	const run = async (parameters: INodeParameters) =>
		await setting.run('getRecording', parameters, { timezone: 'Europe/Moscow' });
	const requestsFor = (service: string) =>
		setting.twin24.log.entries.filter((entry) => entry.service === service);

	test('by call ID: the mp3 with a name that tells whom and when', async () => {
		const { items, error } = await run(byId());
		expect(error).toBeUndefined();
		const [{ json, binary, pairedItem }] = items;
		expect(binary?.data).toMatchObject({
			mimeType: 'audio/mpeg',
			fileName: '79991234567_2026-06-29_11-44-26.mp3',
			fileExtension: 'mp3',
			fileType: 'audio',
		});
		expect(json).toMatchObject({
			id: ID,
			phone: '79991234567',
			duration: 18,
			recordPath: url,
			name: '79991234567_2026-06-29_11-44-26.mp3',
		});
		expect(pairedItem).toEqual({ item: 0 });
		const bytes = await setting.engine.readBinary(items[0]);
		expect(bytes.subarray(0, 3).toString()).toBe('ID3');
		expect(bytes.includes(ID)).toBe(true);
		expect(requestsFor('records')).toMatchObject([
			{ path: `/records//1758/2026/06/29/${ID}.mp3`, authorization: false },
		]);
	});

	test('by URL, to the letter, without a login', async () => {
		const { items } = await run(byUrl(url));
		expect(items[0].binary?.data.fileName).toBe(`2026-06-29_${ID}.mp3`);
		expect(items[0].json).toEqual({ recordPath: url, name: `2026-06-29_${ID}.mp3` });
		expect(setting.twin24.log.entries.map(({ service }) => service)).toEqual(['records']);
	});

	test('a plain value from an expression is an ID or a URL', async () => {
		const { items } = await setting.run(
			'getRecording',
			{ recording: '={{ $json.what }}' },
			{ items: [{ what: ID }, { what: url }] },
		);
		expect(items.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual([0, 1]);
	});

	test('a Cyrillic name and another field', async () => {
		const { items } = await run({
			...byId(),
			options: { fileName: 'Разговор с Анной', binaryPropertyName: 'sound' },
		});
		expect(items[0].binary?.sound.fileName).toBe('Разговор с Анной.mp3');
	});

	test('a redirect is followed, and the token goes along to nobody', async () => {
		setting.twin24.records.behave(ID, { redirect: `${setting.twin24.url}/api/v1/bots` });
		const { error } = await run(byId());
		expect(error?.message).toContain('may not be read (HTTP 401)');
		expect(requestsFor('bots')).toMatchObject([{ authorization: false, status: 401 }]);
		expect(requestsFor('records').every(({ authorization }) => !authorization)).toBe(true);
	});

	test('a redirect within the store', async () => {
		const elsewhere = `${setting.twin24.recordsUrl}/records//other.mp3`;
		setting.twin24.records.behave(ID, { redirect: elsewhere });
		setting.twin24.records.behave('other', { size: 5000 });
		const { items } = await run(byId());
		expect((await setting.engine.readBinary(items[0])).includes('other')).toBe(true);
	});

	test('a call without a recording', async () => {
		const { error } = await run(byId(SILENT));
		expect(error?.message).toBe(
			`"Recording" names a call without a recording (its status is NOANSWER): ${SILENT}`,
		);
		expect(requestsFor('records')).toEqual([]);
	});

	test('an unknown call', async () => {
		const { error } = await run(byId('00000000-0000-4000-8000-000000000000'));
		expect(error?.message).toContain('"Recording" names no call');
	});

	test('a file that is not there', async () => {
		setting.twin24.records.behave(ID, { missing: true });
		const { error } = await run(byId());
		expect(error?.message).toBe('There is no recording at its address (HTTP 404)');
		expect(requestsFor('records')).toHaveLength(1);
	});

	test.each([{ html: true }, { contentType: 'application/json' }])(
		'no sound: %j',
		async (behaviour) => {
			setting.twin24.records.behave(ID, behaviour);
			const { error, items } = await run(byId());
			expect(error?.message).toBe(
				'The address of the recording gave a web page or a text instead of sound',
			);
			expect(items).toEqual([]);
		},
	);

	test('a web page that says it is sound', async () => {
		setting.twin24.table.insert({
			id: '11111111-1111-4111-8111-111111111111',
			status: 'ANSWERED',
			recordPath: `${setting.twin24.url}/page.mp3`,
		});
		setting.twin24.faults.add({
			kind: 'status',
			status: 200,
			body: '<html><body>Вход</body></html>',
			headers: { 'content-type': 'audio/mpeg' },
			match: (_query, { path }) => path === '/page.mp3',
		});
		const { error } = await run(byId('11111111-1111-4111-8111-111111111111'));
		expect(error?.message).toContain('instead of sound');
	});

	test('what fails on the way is asked for again', async () => {
		setting.twin24.faults.add(
			{ kind: 'status', status: 503, service: 'records', times: 1 },
			{ kind: 'cutOff', service: 'records', times: 1 },
		);
		const { items, error } = await run(byId());
		expect(error).toBeUndefined();
		expect((await setting.engine.readBinary(items[0])).length).toBeGreaterThan(30_000);
		expect(requestsFor('records')).toHaveLength(3);
	});

	test('stops at once when the execution is cancelled', async () => {
		setting.twin24.faults.add({ kind: 'hang', service: 'records' });
		const execution = await setting.engine.start({
			node: 'twin24Calls',
			credentials: { twin24Api: setting.credential() },
			parameters: { resource: 'call', operation: 'getRecording', ...byUrl(url) },
		});
		let isOver = false;
		void execution.result.then(() => (isOver = true));
		while (!isOver && requestsFor('records').length === 0) await new Promise(setImmediate);
		execution.cancel();
		expect((await execution.result).items).toEqual([]);
		expect(requestsFor('records')).toHaveLength(1);
	});

	test('200 MB pass through without being held', async () => {
		setting.twin24.records.behave(ID, { size: 200 * MB });
		const before = process.memoryUsage().arrayBuffers;
		let most = 0;
		const timer = setInterval(
			() => (most = Math.max(most, process.memoryUsage().arrayBuffers - before)),
			5,
		);
		const { items, error } = await run(byUrl(url));
		clearInterval(timer);
		expect(error).toBeUndefined();
		expect(items[0].binary?.data.fileSize).toBe('210 MB');
		if (!isN8n1()) expect(most).toBeLessThan(150 * MB);
	});

	test.each<[INodeParameters, string]>([
		[
			byUrl('ftp://minio.twin24.ai/a.mp3'),
			'"Recording" is not a web address: "ftp://minio.twin24.ai/a.mp3"',
		],
		[byUrl('file:///etc/passwd'), '"Recording" is not a web address: "file:///etc/passwd"'],
		[byUrl('a.mp3'), '"Recording" is not a web address: "a.mp3"'],
		[byId('42'), '"Recording" is not an ID: "42"'],
		[
			{ ...byUrl('https://x.test/a.mp3'), options: { fileName: 'a/b' } },
			'"File Name" has a slash or a character that cannot be in a name: "a/b"',
		],
		[
			{ ...byUrl('https://x.test/a.mp3'), options: { binaryPropertyName: 'a.b' } },
			'"Put Output File in Field" is no name for a field: "a.b"',
		],
	])('%j is refused without a request', async (parameters, message) => {
		const { error } = await run(parameters);
		expect(error?.message).toBe(message);
		expect(setting.twin24.log.count()).toBe(0);
	});
});
