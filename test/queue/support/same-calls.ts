import { createHash } from 'node:crypto';

import type { Call } from '../../../tools/emulator';
import type { Postgres } from '../../../tools/n8n-host/queue';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** One line per call with what tells it from any other state of it. */
const lineOf = ({
	id,
	phone,
	status,
	duration,
	taskName,
	createdAt,
	updatedAt,
	messagesAsString,
}: Call): string =>
	[id, phone, status, duration, taskName, createdAt, updatedAt, md5(messagesAsString ?? '')].join(
		'\t',
	);

const asApiTime = (column: string) =>
	`to_char("${column}" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The same lines of what is in Postgres. */
const LINES = `SELECT id, phone, status, duration, "taskName", ${asApiTime('createdAt')}, ${asApiTime('updatedAt')},
	md5(coalesce("messagesAsString", '')) FROM twin24_calls`;

/** Expects the backfill's table to hold these calls, each once, and no others. Shows a few of those that differ. */
export async function expectSameCalls(postgres: Postgres, calls: Call[]): Promise<void> {
	const saved = await postgres.query(LINES);
	const isSaved = new Set(saved);
	const expected = new Set(calls.map(lineOf));
	const differing = {
		missing: [...expected].filter((line) => !isSaved.has(line)).slice(0, 3),
		surplus: saved.filter((line) => !expected.has(line)).slice(0, 3),
	};
	expect({ ...differing, rows: saved.length }).toEqual({
		missing: [],
		surplus: [],
		rows: calls.length,
	});
}
