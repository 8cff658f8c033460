import type { DataSet } from '../data/data-set';
import type { Faults } from '../faults';
import type { Reply } from '../http/reply';
import type { Service } from '../http/request-log';
import type { Readings } from '../readings';
import type { RowJson } from '../report/row-json';
import type { Search } from '../report/search';
import type { CallTable } from '../table/call-table';
import type { Account, Session, Tokens } from '../tokens';

/** What the services work with. */
export interface World {
	accounts: Account[];
	tokens: Tokens;
	table: CallTable;
	data: DataSet;
	readings: Readings;
	search: Search;
	rowJson: RowJson;
	faults: Faults;
}

/** A request as a service sees it. `session` is there unless the endpoint is the login. */
export interface ServiceRequest {
	query: Record<string, string>;
	body: Buffer;
	session: Session;
}

export interface Endpoint {
	service: Service;
	method: 'GET' | 'POST';
	path: string;
	/** Whether it answers without a token. */
	open?: boolean;
	answer: (world: World, request: ServiceRequest) => Reply | Promise<Reply>;
}
