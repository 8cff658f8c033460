import type { RunResult } from '../../n8n-engine';
import { credentialFor, succeeded } from '../n8n';
import { PAGE, PERIOD, WARM_UP_PAGES } from '../work';
import type { Fetched, MakeRunner } from './lane';

/** Search with its default settings, but for the period, the fields, "Return All" and the output. */
const search =
	(output: 'items' | 'csv', count: (result: RunResult) => number): MakeRunner =>
	async ({ url, fieldSet }, openEngine) => {
		const engine = await openEngine();
		const twin24Api = await engine.credentialStore.create('twin24Api', credentialFor(url));
		const run = async (howMany: { returnAll: true } | { limit: number }): Promise<Fetched> => {
			const parameters = {
				resource: 'call',
				operation: 'search',
				output,
				period: 'custom',
				...PERIOD,
				fieldSet,
				...howMany,
			};
			const result = succeeded(
				await engine.run({
					node: 'twin24Calls',
					mode: 'trigger',
					credentials: { twin24Api },
					parameters,
				}),
			);
			return { count: () => count(result) };
		};
		return {
			warmUp: async () => void (await run({ limit: WARM_UP_PAGES * PAGE })),
			run: async () => await run({ returnAll: true }),
		};
	};

/** This package's node: one item per call. */
export const nodeLane = search(
	'items',
	({ items }) => new Set(items.map(({ json }) => json.id)).size,
);

/** This package's node: one file. What is in it is for the tests to say; here its own count has to do. */
export const csvLane = search('csv', ({ items }) => items[0].json.rows as number);
