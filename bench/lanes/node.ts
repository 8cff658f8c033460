import type { RunResult } from '../../test/engine/support/engine';
import { credentialFor, succeeded } from '../n8n';
import { PERIOD } from '../work';
import type { MakeRunner } from './lane';

/** This package's node: Search with its default settings, but for the period, the fields and "Return All". */
export const nodeLane: MakeRunner = async ({ url, fieldSet }, openEngine) => {
	const engine = await openEngine();
	const twin24Api = await engine.credentialStore.create('twin24Api', credentialFor(url));
	const search = async (howMany: { returnAll: true } | { limit: number }): Promise<RunResult> =>
		succeeded(
			await engine.run({
				node: 'twin24Calls',
				mode: 'trigger',
				credentials: { twin24Api },
				parameters: { resource: 'call', operation: 'search', period: 'custom', ...PERIOD, fieldSet, ...howMany },
			}),
		);
	return {
		warmUp: async () => void (await search({ limit: 1000 })),
		run: async () => {
			const { items } = await search({ returnAll: true });
			return { ids: () => items.map(({ json }) => json.id as string) };
		},
	};
};
