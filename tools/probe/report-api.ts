import type { Answer, Client, Query } from './client';
import type { Row } from './rows';
import { created, moment } from './sample';
import type { Sample, Stretch } from './sample';
import type { Findings } from './findings';

export const CALLS = '/search/cis/calls';

/** What the questions about the calls report have to work with. */
export interface Ground {
	client: Client;
	findings: Findings;
	/** The largest `limit` that the report takes, as far as known. */
	limit: number;
	/** The rows that such a page holds at most. */
	pageRows: number;
	sample: Sample;
	/** The fields that rows of the sample have. */
	fields: readonly string[];
	/** A stretch with as many rows as fit well below a page. */
	wide: Stretch | undefined;
}

/** Asks the calls report. `fields` are the ID and the times alone unless they are given. */
export async function askCalls(client: Client, query: Query): Promise<Answer> {
	return await client.get('analyse', CALLS, { fields: 'id,createdAt', ...query });
}

/** The query for the calls of a stretch, the earliest first. */
export const within = ({ from, to }: Stretch): Query => ({
	from: moment(from),
	to: moment(to),
	sort: 'createdAt',
});

/** The most rows of a stretch: fewer than a page, so that a full page shows that something is off. */
export const mostRows = ({ pageRows }: Pick<Ground, 'pageRows'>): number =>
	Math.min(pageRows - 1, 200);

/** Whether no two rows were created at the same moment. */
export const isUntied = (rows: readonly Row[]): boolean =>
	new Set(rows.map(created)).size === rows.length;
