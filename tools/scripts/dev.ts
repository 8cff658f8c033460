/* eslint-disable @n8n/community-nodes/no-restricted-imports -- what `npm run dev` runs on the developer's machine, never published */
/** `npm run dev`: a real n8n with the package, which is compiled and reloaded at every change, and a TWIN24 for it. */
import { join } from 'node:path';

import execa from 'execa';

import { preparePackage, REPOSITORY, say, withProgress } from '../n8n-host';
import { startDemo } from './start/demo';
import { readExamples } from './start/example';
import { keepUp, type Session } from './start/session';
import { LOGIN } from './start/set-up';
import { readSettings } from './start/settings';
import { openTwin24 } from './start/twin24';

async function bringUp(session: Session): Promise<void> {
	const { port, account } = await readSettings();
	const twin24 = await openTwin24(account, port);
	session.add(twin24.close);
	let dist = '';
	const { n8n, search } = await startDemo(session, {
		name: `dev-${port}`,
		port,
		install: async (folder) => {
			dist = join(await preparePackage(folder), 'dist');
			await withProgress('Building the package', gulp('build', dist));
		},
		twin24,
		examples: await readExamples(account === undefined),
		env: { N8N_DEV_RELOAD: 'true' },
	});

	const watching = gulp('watch', dist, 'inherit');
	session.add(async () => void watching.kill());
	say(`Editor:  ${n8n.url}/workflow/${search}`);
	say(`Login:   ${LOGIN.email}, password ${LOGIN.password}`);
	say(`TWIN24:  ${twin24.name}`);
	say('Whatever you change in nodes/ and credentials/ is in n8n a few seconds later; Ctrl-C ends.');
}

/** Runs a task of gulpfile.js, with the built package in `dist`. */
const gulp = (task: string, dist: string, stdio?: 'inherit') =>
	execa.node(require.resolve('gulp/bin/gulp.js'), ['--silent', task], {
		cwd: REPOSITORY,
		env: { TWIN24_DIST: dist },
		stdio,
		reject: task !== 'watch',
	});

void keepUp(bringUp);
