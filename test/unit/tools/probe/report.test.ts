/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes files for the test, never published */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CALL_STATUSES } from '../../../../nodes/Twin24/report/catalogue';
import { DEMO_ACCOUNT, startEmulator } from '../../../../tools/emulator';
import type { Emulator } from '../../../../tools/emulator';
import { startFromArguments } from '../../../../tools/emulator/command-line';
import { REPORT_FILE, RESULT_FILE, run } from '../../../../tools/probe/run';
import { RICH } from './support';

let folder: string;
let twin24: Emulator;
let said: string;
let report: string;
let result: string;
const readings = {
	clock: 'moscowShown',
	csvDelimiter: ';',
	filtersIgnored: ['phone', 'nps'],
	from: 'exclusive',
} as const;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'probe-'));
	twin24 = await startEmulator({ ...RICH, readings });
	const lines: string[] = [];
	const code = await run(
		['--out', folder, '--pause', '0'],
		{
			TWIN24_EMAIL: DEMO_ACCOUNT.email,
			TWIN24_PASSWORD: DEMO_ACCOUNT.password,
			TWIN24_HOST: twin24.url,
		},
		{
			email: async () => await Promise.reject(new Error('asked')),
			password: async () => await Promise.reject(new Error('asked')),
		},
		(line) => lines.push(line),
	);
	expect(code).toBe(0);
	said = lines.join('\n');
	report = await readFile(join(folder, REPORT_FILE), 'utf8');
	result = await readFile(join(folder, RESULT_FILE), 'utf8');
});

afterAll(async () => {
	await twin24.close();
	await rm(folder, { recursive: true });
});

/** Every text and number of the account's data, but words that are the API's own or too short to be anybody's. */
function valuesOfTheAccount(): string[] {
	const own = new Set<string>([
		...CALL_STATUSES.map(({ value }) => value),
		'Human',
		'AnsweringMachine',
		'robot',
		'user',
	]);
	const found = new Set<string>();
	const add = (value: unknown): void => {
		if (Array.isArray(value)) value.forEach(add);
		else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add);
		else if (value !== null) found.add(String(value));
	};
	add(twin24.table.all());
	add(twin24.bots);
	add(twin24.tasks.map(({ id, name }) => ({ id, name })));
	add([
		DEMO_ACCOUNT.email,
		DEMO_ACCOUNT.password,
		DEMO_ACCOUNT.companyId,
		twin24.url,
		new URL(twin24.url).host,
	]);
	return [...found].filter(
		(value) => value.length >= 4 && !own.has(value) && !/^(true|false|\d{1,2}\.\d\d)$/.test(value),
	);
}

/** Whether a text holds a value; a number is not held by a longer one. */
function isIn(text: string): (value: string) => boolean {
	const numbers = new Set(text.match(/\d+/g));
	return (value) => (/^\d+$/.test(value) ? numbers.has(value) : text.includes(value));
}

describe('what the probe writes', () => {
	it('holds no value of the account: no phone, name, text, id, token or address', () => {
		const values = valuesOfTheAccount();
		expect(values.length).toBeGreaterThan(5000);
		for (const written of [report, result, said.replaceAll(folder, '')]) {
			expect(values.filter(isIn(written))).toEqual([]);
			expect(written).not.toMatch(/eyJ|Bearer/);
		}
	});

	it('says of every finding on how many rows it was seen and which requests showed it', () => {
		expect(report).toMatch(
			/\| from \| Whether a call exactly at `from`.* \| exclusive \| \d+ rows \| [\d, -]+ \|/,
		);
		expect(report).toMatch(/\| hookTimes \| .* \| \*\*open\*\* \|/);
		expect(said).toMatch(/^from +exclusive \(\d+ rows, requests/m);
	});

	it('ends with the line that starts the emulator with exactly these readings', async () => {
		const line = /```sh\n(npm run emulator -- .*)\n```\n$/.exec(report)?.[1];
		const args = line!
			.replace('npm run emulator -- ', '')
			.split(' ')
			.map((arg) => arg.replace(/'/g, ''));
		const { emulator } = await startFromArguments([...args, '--port', '0', '--calls', '0']);
		const settled = (JSON.parse(result) as { readings: object }).readings;
		expect(emulator.readings).toMatchObject(settled);
		expect(emulator.readings).toMatchObject({
			...readings,
			filtersIgnored: expect.arrayContaining(['phone', 'nps']),
		});
		await emulator.close();
	});

	it('is a result that the emulator can be started with', async () => {
		const { emulator } = await startFromArguments([
			'--readings',
			join(folder, RESULT_FILE),
			'--port',
			'0',
			'--calls',
			'0',
		]);
		expect(emulator.readings).toMatchObject({ clock: 'moscowShown', csvDelimiter: ';' });
		await emulator.close();
	});
});
