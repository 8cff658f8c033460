import type { IDataObject } from 'n8n-workflow';

import { CREDENTIAL_TYPE } from '../n8n-host/emulator-credential';
import { fieldsOf, PAGE, PERIOD, REPORT } from './work';
import type { FieldSet } from './work';

/** Where n8n's HTTP Request node has read the last page. */
export const WAS_LAST_PAGE = `$response.body.items.length < ${PAGE}`;

/**
 * n8n's HTTP Request node set up as its documentation tells for such an API: this package's credential,
 * and Pagination "Update a Parameter in Each Request", which raises `offset` page by page.
 *
 * @param url the emulator's address
 * @param until the expression, without its braces, at which it ends
 */
export const httpPages = (url: string, fieldSet: FieldSet, until = WAS_LAST_PAGE): IDataObject => {
	const query = { ...PERIOD, fields: fieldsOf(fieldSet), sort: '-createdAt', limit: String(PAGE) };
	return {
		url: `${url}${REPORT}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: CREDENTIAL_TYPE,
		sendQuery: true,
		queryParameters: {
			parameters: Object.entries(query).map(([name, value]) => ({ name, value })),
		},
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: {
						parameters: [{ type: 'qs', name: 'offset', value: `={{ $pageCount * ${PAGE} }}` }],
					},
					paginationCompleteWhen: 'other',
					completeExpression: `={{ ${until} }}`,
				},
			},
		},
	};
};
