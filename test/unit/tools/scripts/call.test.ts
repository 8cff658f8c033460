/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs a command of the developer's machine, never published */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { startEmulator, type Emulator } from '../../../../tools/emulator';
import { REPOSITORY } from '../../../../tools/n8n-host';
import { noteRunning } from '../../../../tools/scripts/start/running';

describe('npm run call', () => {
	const before = process.env.TWIN24_HOST_CACHE;
	let cache: string;
	let emulator: Emulator;

	beforeAll(async () => {
		cache = mkdtempSync(join(tmpdir(), 'twin24-cache-'));
		process.env.TWIN24_HOST_CACHE = cache;
		emulator = await startEmulator({ calls: 10 });
	});
	afterAll(async () => {
		if (before === undefined) delete process.env.TWIN24_HOST_CACHE;
		else process.env.TWIN24_HOST_CACHE = before;
		await emulator.close();
		rmSync(cache, { recursive: true });
	});

	/** Takes the notes of the demos of a test away. */
	const notes: Array<() => Promise<void>> = [];
	afterEach(async () => {
		for (const remove of notes.splice(0)) await remove();
	});

	/** A demo that runs, as far as the command can see. */
	const demoRuns = async (port: number, url = emulator.url) => {
		mkdirSync(join(cache, `demo-${port}`), { recursive: true });
		notes.push(await noteRunning(`demo-${port}`, url));
	};

	const call = async (args: string[], env: Record<string, string> = {}) => {
		const child = spawn('npm', ['run', '--silent', 'call', '--', ...args], {
			cwd: REPOSITORY,
			env: { ...process.env, TWIN24_PORT: '', ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const [out, error, [code]] = await Promise.all([
			text(child.stdout),
			text(child.stderr),
			once(child, 'exit') as Promise<[number]>,
		]);
		return { out, error, code };
	};

	const newest = () => emulator.table.all().at(-1)!;

	it('makes one call with the result that it is given, and says which', async () => {
		await demoRuns(5678);
		const size = emulator.table.size;
		const { out, code } = await call([
			'--status=busy',
			'--phone=8 (999) 123-45-67',
			'--external-id=lead-17',
		]);
		expect(code).toBe(0);
		expect(emulator.table.size).toBe(size + 1);
		const made = newest();
		expect(made).toMatchObject({ status: 'BUSY', phone: '79991234567', externalId: 'lead-17' });
		expect(out).toContain(
			`The call to 79991234567 has ended: BUSY. In the report its ID is ${made.id}.`,
		);
	});

	it('takes a call with a result of the dialog for answered', async () => {
		await demoRuns(5678);
		await call(['--dialog-results', 'Перезвонить']);
		expect(newest()).toMatchObject({ status: 'ANSWERED', dialogResults: 'Перезвонить' });
	});

	it('makes any call when nothing is said, and takes the words of the editor for a status', async () => {
		await demoRuns(5678);
		expect((await call([])).code).toBe(0);
		await call(['--status', 'No Answer']);
		expect(newest().status).toBe('NOANSWER');
	});

	it('says that no demo runs, though one that was killed has left its note', async () => {
		const gone = await startEmulator();
		await demoRuns(5678, gone.url);
		await gone.close();
		const { error, code } = await call([]);
		expect(code).toBe(1);
		expect(error).toBe(
			'No demo is running. Run "npm start" in another terminal, without TWIN24_EMAIL, and then this again.\n',
		);
	});

	it('asks which demo is meant where several run, and goes by TWIN24_PORT', async () => {
		const other = await startEmulator();
		await demoRuns(5678);
		await demoRuns(5690, other.url);
		expect((await call([])).error).toBe(
			'2 demos are running. Set TWIN24_PORT to one of 5678, 5690.\n',
		);
		expect((await call([], { TWIN24_PORT: '5690' })).code).toBe(0);
		expect(other.table.size).toBe(1);
		await other.close();
	});

	it.each([
		[
			['--status', 'TALKING'],
			/^A call cannot end with "TALKING"\. --status takes ANSWERED, NOANSWER, BUSY, .*REJECTED\.\n$/,
		],
		[['--status', 'INPROGRESS'], /^A call cannot end with "INPROGRESS"\./],
		[['--phone', '12'], /^--phone is not a phone number: "12"\. Give it as \+7 999 999-99-99\.\n$/],
		[
			['--colour', 'red'],
			/^Unknown option '--colour'\. npm run call -- --help tells what there is\.\n$/,
		],
		[['BUSY'], /^Unexpected argument 'BUSY'\. npm run call/],
	])('says in a sentence what is wrong with %j, and makes no call', async (args, sentence) => {
		await demoRuns(5678);
		const size = emulator.table.size;
		const { error, code } = await call(args);
		expect(error).toMatch(sentence);
		expect(code).toBe(1);
		expect(emulator.table.size).toBe(size);
	});

	it('tells its options and all results', async () => {
		const { out, code } = await call(['--help']);
		expect(code).toBe(0);
		for (const word of ['--status', '--phone', '--external-id', '--dialog-results', 'FZ230'])
			expect(out).toContain(word);
	});
});
