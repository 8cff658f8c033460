import type { N8n } from '../../../tools/n8n-host/start-n8n';

/** What n8n has saved with a workflow of what its triggers keep. */
interface Saved {
	staticData: { global?: { [key: string]: { began: number } } } | null;
}

/**
 * When a polling trigger of ours began to watch, in epoch milliseconds: n8n publishes a workflow in its
 * own time, and saves then what the trigger keeps. Undefined before it has.
 */
export async function watchBeganAt(
	{ client }: N8n,
	workflowId: string,
	nodeId: string,
): Promise<number | undefined> {
	const { staticData } = await client.rest<Saved>('GET', `/workflows/${workflowId}`);
	return staticData?.global?.[`twin24CallsTrigger ${nodeId}`]?.began;
}
