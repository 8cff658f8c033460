import type { DataSet } from '../data/data-set';
import type { Dialler } from '../dialling/dialler';
import type { Faults } from '../faults';
import type { Reply } from '../http/reply';
import type { Service } from '../http/request-log';
import type { Readings } from '../readings';
import type { RowJson } from '../report/row-json';
import type { Search, Under } from '../report/search';
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
	dialler: Dialler;
	/** The readings and the clock of this moment. */
	under: () => Under;
	now: () => Date;
}

/** A request as a service sees it. `session` is there unless the endpoint is the login. */
export interface ServiceRequest {
	query: Record<string, string>;
	body: Buffer;
	session: Session;
	/** The parts of the path that the endpoint names with a colon, decoded. */
	params: Record<string, string>;
}

/** TWIN24's services, each a host of its own (`cis.twin24.ai`) or a path of one (`HOST/cis`). */
export type Host = 'iam' | 'analyse' | 'cis' | 'bot';

export interface Endpoint {
	/** What the log and the faults call it. */
	service: Service;
	host: Host;
	method: string;
	/** Below `/api/v1`; parts that begin with a colon are parameters. */
	path: string;
	/** Whether it answers without a token. */
	open?: boolean;
	answer: (world: World, request: ServiceRequest) => Reply | Promise<Reply>;
}
