import type { Call } from './call';
import type { DataSet } from './data/data-set';
import type { CallResult } from './demo-call';
import type { Dialler } from './dialling/dialler';
import type { Faults } from './faults';
import type { RequestLog } from './http/request-log';
import type { Readings } from './readings';
import type { Moves } from './report/moving-rows';
import type { RecordStore } from './services/records';
import type { CallTable } from './table/call-table';
import type { Account } from './tokens';
import type { WallClock } from './wall-clock';
import type { Deliveries } from './webhooks/deliveries';

/** A running emulator, for the tests of its own process; others have the controls. */
export interface Emulator {
	/** Login, calls report, tasks, bots, users: baseUrl, authUrl and tasksUrl in one. */
	url: string;
	/** The recordings' object store: another port, so another host for the token. */
	recordsUrl: string;
	table: CallTable;
	readings: Readings;
	faults: Faults;
	records: RecordStore;
	log: RequestLog;
	clock: WallClock;
	accounts: Account[];
	/** Dial tasks and their people; nobody is dialled but by its `advance`, or every `dialEvery`. */
	dialler: Dialler;
	/** The dialler's tasks: those of the generated calls, then those that were made. */
	readonly tasks: Dialler['tasks'];
	bots: DataSet['bots'];
	/** What is posted to the tasks' webhooks, with a record of every try. */
	webhooks: Deliveries;
	/** Makes one call, with a result of choice. */
	makeCall(result?: CallResult): Call;
	/** Every token issued so far gets a 401 from now on. */
	revokeTokens(): void;
	/** All tokens are withdrawn again and again, every so many milliseconds; 0: no more. */
	withdrawTokensEvery(ms: number): void;
	/** Lets rows leave a query, enter it or move to its end between two of its pages. */
	moveRows(moves: Moves): void;
	/**
	 * Makes the answers' rows ahead, for measurements: a first page of 1,000 whole calls takes some
	 * 25 ms to make and every later one 2. `fields` as the requests will name them, in their order.
	 */
	warm(fields?: readonly string[]): void;
	/** Faults, log, recordings, readings, tasks and people as at the start; calls and tokens stay. */
	reset(): void;
	close(): Promise<void>;
}
