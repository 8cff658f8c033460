import type { INodeParameters } from 'n8n-workflow';

import type { RunResult } from '../../n8n-engine';
import { httpPages, WAS_LAST_PAGE } from '../httpPages';
import { credentialFor, succeeded } from '../n8n';
import { WARM_UP_PAGES } from '../work';
import type { MakeRunner } from './lane';

/** n8n's HTTP Request node, the newest version, see `httpPages`. It gives one item per page. */
export const httpLane: MakeRunner = async ({ url, fieldSet }, openEngine) => {
	const engine = await openEngine();
	const twin24Api = await engine.credentialStore.create('twin24Api', credentialFor(url));
	const request = async (until: string): Promise<RunResult> =>
		succeeded(
			await engine.run({
				node: 'n8n-nodes-base.httpRequest',
				mode: 'trigger',
				credentials: { twin24Api },
				parameters: httpPages(url, fieldSet, until) as INodeParameters,
			}),
		);
	return {
		warmUp: async () => void (await request(`$pageCount >= ${WARM_UP_PAGES} || ${WAS_LAST_PAGE}`)),
		run: async () => {
			const { items } = await request(WAS_LAST_PAGE);
			const rows = () => items.flatMap(({ json }) => json.items as Array<{ id: string }>);
			return { count: () => new Set(rows().map(({ id }) => id)).size };
		},
	};
};
