/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- what `npm run dev` runs on the developer's machine, never published */
/** `npm run dev`: a real n8n with the package, which is compiled and reloaded at every change, and a TWIN24 for it. */
import { join } from 'node:path';

import execa from 'execa';

import { preparePackage, REPOSITORY, say, waitFor, withProgress } from '../n8n-host';
import { startDemo } from './start/demo';
import { readExamples } from './start/example';
import { printGuide } from './start/guide';
import { keepUp, type Session } from './start/session';
import { readSettings } from './start/settings';
import { openTwin24 } from './start/twin24';

/** In milliseconds; some seconds on an idle machine. */
const COMPILE_TIMEOUT = 180_000;

async function bringUp(session: Session): Promise<void> {
	const { port, account } = await readSettings();
	const twin24 = await openTwin24(account, port);
	session.add(twin24.close);
	let dist = '';
	const demo = await startDemo(session, {
		name: `dev-${port}`,
		port,
		install: async (folder) => {
			dist = join(await preparePackage(folder), 'dist');
			await gulp('static', dist);
			await withProgress('Building the package', compileAndWatch(session, dist));
		},
		twin24,
		examples: await readExamples(twin24),
		env: { N8N_DEV_RELOAD: 'true' },
	});

	const watching = gulp('watch', dist);
	session.add(async () => void watching.kill());
	printGuide(demo, twin24);
	say('Whatever you change in nodes/ and credentials/ is in n8n a few seconds later; Ctrl-C ends.');
}

/** Compiles the package into `dist`, and again at every change; what the compiler says goes to the terminal. */
async function compileAndWatch(session: Session, dist: string): Promise<void> {
	const options = ['--outDir', dist, '--watch', '--preserveWatchOutput'];
	const tsc = run('tsc', ['-p', 'tsconfig.build.json', ...options]);
	session.add(async () => void tsc.kill());
	let isDone = false;
	tsc.stdout?.on('data', (said: Buffer) => {
		isDone ||= said.includes('Watching for file changes');
		process.stdout.write(said);
	});
	await waitFor('the compiler', COMPILE_TIMEOUT, () => isDone || undefined);
}

/** Runs one of the project's own programs; it ends with this process at the latest. */
const run = (program: string, args: string[], env?: Record<string, string>) =>
	execa(program, args, {
		cwd: REPOSITORY,
		preferLocal: true,
		localDir: REPOSITORY,
		stdin: 'ignore',
		reject: false,
		env,
	});

/** Runs a task of gulpfile.js, with the built package in `dist`. */
const gulp = (task: string, dist: string) => run('gulp', [task], { TWIN24_DIST: dist });

void keepUp(bringUp);
