/* eslint-disable @n8n/community-nodes/no-restricted-imports -- drives a real n8n, never published */
import type { IDataObject } from 'n8n-workflow';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DEMO_ACCOUNT } from '../../emulator';
import {
	CREDENTIAL_TYPE,
	emulatorCredential,
	REPOSITORY,
	waitFor,
	type Execution,
	type WorkflowFile,
} from '..';
import type { Cluster } from '.';

/** What the node "Settings" of the plan says otherwise than the file. */
export interface BackfillSettings {
	from: string;
	to: string;
	maxCallsPerSlice: number;
}

/** How far the backfill is, in slices. */
export interface Progress {
	slices: number;
	done: number;
	/** Looked up by a worker and not done: it is at it, or has died over it. */
	begun: number;
}

/** The backfill example in a cluster. */
export interface Backfill {
	/** Runs the plan to its end, when every slice that is not done has been handed out. */
	plan: () => Promise<Execution>;
	/** Runs the plan and waits until every slice is done. */
	run: () => Promise<void>;
	progress: () => Promise<Progress>;
}

/** Far longer than any backfill here takes, in milliseconds. */
const PATIENCE = 10 * 60_000;

const readExample = async (name: string): Promise<WorkflowFile> =>
	JSON.parse(
		await readFile(join(REPOSITORY, 'examples', 'backfill', `${name}.json`), 'utf8'),
	) as WorkflowFile;

/** Imports both workflows as a user does: chooses the credentials, sets the period, publishes the one for a slice. */
export async function importBackfill(
	{ client, postgres, savePostgresCredential }: Cluster,
	twin24: string,
	settings: BackfillSettings,
): Promise<Backfill> {
	const credentials = [
		await savePostgresCredential(),
		await client.saveCredential(
			'TWIN24 API',
			CREDENTIAL_TYPE,
			emulatorCredential(twin24, DEMO_ACCOUNT),
		),
	];
	await client.publishWorkflow(
		await client.importWorkflow(await readExample('one-slice'), credentials),
	);
	const plan = await readExample('plan');
	const id = await client.importWorkflow(
		{ ...plan, nodes: plan.nodes.map((node) => withSettings(node, settings)) },
		credentials,
	);

	const progress = async (): Promise<Progress> => {
		const [row] = await postgres.query(
			'SELECT count(*), count(done_at), count(*) FILTER (WHERE done_at IS NULL AND started_at IS NOT NULL) FROM twin24_slices',
		);
		const [slices, done, begun] = row.split('\t').map(Number);
		return { slices, done, begun };
	};
	return {
		plan: async () => await client.runWorkflow(id),
		run: async () => {
			await client.runWorkflow(id);
			await waitFor('all slices', PATIENCE, async () => {
				const { slices, done } = await progress();
				return done === slices || undefined;
			});
		},
		progress,
	};
}

function withSettings(
	node: WorkflowFile['nodes'][number],
	settings: BackfillSettings,
): typeof node {
	if (node.name !== 'Settings') return node;
	const { assignments } = node.parameters.assignments as {
		assignments: Array<IDataObject & { name: string }>;
	};
	const set = assignments.map((one) => ({
		...one,
		value: settings[one.name as keyof BackfillSettings] ?? one.value,
	}));
	return { ...node, parameters: { ...node.parameters, assignments: { assignments: set } } };
}
