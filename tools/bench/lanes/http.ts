import type { RunResult } from '../../n8n-engine';
import { credentialFor, succeeded } from '../n8n';
import { fieldsOf, PAGE, PERIOD, REPORT, WARM_UP_PAGES } from '../work';
import type { MakeRunner } from './lane';

/**
 * n8n's HTTP Request node (newest version) set up as its documentation tells for such an API: this
 * package's credential, and Pagination "Update a Parameter in Each Request" that raises `offset`
 * until a page comes with fewer rows than asked for. It gives one item per page.
 */
export const httpLane: MakeRunner = async ({ url, fieldSet }, openEngine) => {
	const engine = await openEngine();
	const twin24Api = await engine.credentialStore.create('twin24Api', credentialFor(url));
	const query = { ...PERIOD, fields: fieldsOf(fieldSet), sort: '-createdAt', limit: String(PAGE) };
	const request = async (until: string): Promise<RunResult> =>
		succeeded(
			await engine.run({
				node: 'n8n-nodes-base.httpRequest',
				mode: 'trigger',
				credentials: { twin24Api },
				parameters: {
					url: `${url}${REPORT}`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'twin24Api',
					sendQuery: true,
					queryParameters: {
						parameters: Object.entries(query).map(([name, value]) => ({ name, value })),
					},
					options: {
						pagination: {
							pagination: {
								paginationMode: 'updateAParameterInEachRequest',
								parameters: {
									parameters: [
										{ type: 'qs', name: 'offset', value: `={{ $pageCount * ${PAGE} }}` },
									],
								},
								paginationCompleteWhen: 'other',
								completeExpression: `={{ ${until} }}`,
							},
						},
					},
				},
			}),
		);
	const wasLast = `$response.body.items.length < ${PAGE}`;
	return {
		warmUp: async () => void (await request(`$pageCount >= ${WARM_UP_PAGES} || ${wasLast}`)),
		run: async () => {
			const { items } = await request(wasLast);
			const rows = () => items.flatMap(({ json }) => json.items as Array<{ id: string }>);
			return { count: () => new Set(rows().map(({ id }) => id)).size };
		},
	};
};
