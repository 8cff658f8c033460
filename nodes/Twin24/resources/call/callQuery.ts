import type { IDataObject } from 'n8n-workflow';

import type { Period } from '../../paging/page';
import type { PeriodField } from '../../report/catalogue';
import { canonicalStatus } from './values/filters';

/**
 * What parameters become: the query parameters of the calls report by their API names, checked, with
 * `from` and `to` still as exact instants (ISO 8601 with milliseconds) and several ids or statuses
 * joined by commas. The paging asks for it page by page.
 */
export interface CallQuery extends IDataObject {
	fields: string;
	filterPeriodBy: PeriodField;
	from?: string;
	to: string;
	status?: string;
	id?: string;
}

export const namesIn = (list: string | undefined): string[] => (list ? list.split(',') : []);

export const periodIn = ({ from, to }: CallQuery): Period => ({
	...(from === undefined ? {} : { from: Date.parse(from) }),
	to: Date.parse(to),
});

export const statusesIn = ({ status }: CallQuery): string[] => namesIn(status).map(canonicalStatus);

/** What paging sets anew with every page, or what is asked in several ways. */
const NOT_AS_IT_STANDS = ['fields', 'from', 'to', 'status', 'id'];

/** What goes to the API as it stands with every page. */
export const filtersIn = (query: CallQuery): IDataObject =>
	Object.fromEntries(Object.entries(query).filter(([name]) => !NOT_AS_IT_STANDS.includes(name)));
