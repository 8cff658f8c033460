/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs Debian's Postgres on the developer's machine, never published */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { Advice } from '../advice';
import { freePort } from '../ports';
import { dataFolder, otherThanRoot, runTool, startDaemon, type Daemon } from './daemon';

/** Where Debian's packages put the programs of each version. */
const DEBIAN = '/usr/lib/postgresql';

/** The superuser, who needs no password: the server listens on 127.0.0.1 only and lives as long as a test. */
export const POSTGRES_USER = 'postgres';

export interface Postgres extends Daemon {
	/**
	 * Runs SQL.
	 *
	 * @param database of the same server; `postgres` if not given
	 * @returns one string per row; columns are separated by a tab
	 */
	query: (sql: string, database?: string) => Promise<string[]>;
}

/** Starts a Postgres of its own on a free port of 127.0.0.1 with an empty data folder. */
export async function startPostgres(): Promise<Postgres> {
	const programs = findPrograms();
	const port = await freePort();
	// Postgres refuses to be run by root.
	const user = otherThanRoot(POSTGRES_USER);
	const folder = await dataFolder('postgres', user);
	const init = [
		'--pgdata',
		folder,
		'--username',
		POSTGRES_USER,
		'--auth',
		'trust',
		'--encoding',
		'UTF8',
		'--no-locale',
		'--no-sync',
	];
	await runTool(join(programs, 'initdb'), init, { cwd: folder, user });

	const query: Postgres['query'] = async (sql, database = POSTGRES_USER) => {
		const where = ['-h', '127.0.0.1', '-p', String(port), '-U', POSTGRES_USER, '-d', database];
		const output = await runTool(join(programs, 'psql'), [
			...where,
			'-XAtq',
			'-F',
			'\t',
			'-v',
			'ON_ERROR_STOP=1',
			'-c',
			sql,
		]);
		return output.split('\n').slice(0, -1);
	};
	const settings = [
		'listen_addresses=127.0.0.1',
		'unix_socket_directories=',
		'max_connections=200',
		// What a crash of the machine would lose does not matter here.
		'fsync=off',
	];
	const daemon = await startDaemon(
		join(programs, 'postgres'),
		['-D', folder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
		{
			port,
			folder,
			user,
			isReady: async () => (await query('SELECT 1').catch(() => [])).length === 1,
		},
	);
	return { ...daemon, query };
}

/** What n8n's Postgres credential holds for a server that `startPostgres` has started. */
export const postgresCredential = (port: number) => ({
	host: '127.0.0.1',
	port,
	database: POSTGRES_USER,
	user: POSTGRES_USER,
	password: 'none needed',
	ssl: 'disable',
	maxConnections: 10,
});

/** @throws Advice if Postgres is not installed */
function findPrograms(): string {
	try {
		const [newest] = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
		if (newest) return join(DEBIAN, newest, 'bin');
	} catch {
		// Falls through to the advice.
	}
	throw new Advice('Postgres is not installed. On Debian: apt-get install postgresql redis-server');
}
