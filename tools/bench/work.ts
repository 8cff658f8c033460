import { ALL_FIELDS, SIMPLIFIED_FIELDS } from '../../nodes/Twin24/report/catalogue';

/** Who fetches: this node (as items, or as a CSV file), n8n's HTTP Request node, or a loop around `fetch`. */
export const LANES = ['node', 'csv', 'http', 'fetch'] as const;
export type Lane = (typeof LANES)[number];

export const FIELD_SETS = ['all', 'simplified'] as const;
export type FieldSet = (typeof FIELD_SETS)[number];

/** One row of the table: what is fetched, and how long the API takes for a page. */
export interface Work {
	calls: number;
	fieldSet: FieldSet;
	/** Milliseconds per page. */
	latency: number;
	lanes: readonly Lane[];
}

/** One measurement: a fresh process that does the work once. */
export interface Task extends Omit<Work, 'lanes'> {
	lane: Lane;
	/** The emulator's address. */
	url: string;
	/** Where the package is compiled, and where n8n's own nodes are; only what the lane needs. */
	package: string;
	n8nNodes?: string;
	/** The folder for a processor profile. */
	profile?: string;
}

export interface Measurement {
	/** Milliseconds from the start of the execution to its end. */
	time: number;
	/** The most memory that the process ever had, bytes. */
	peakMemory: number;
	/** The most JavaScript heap in use while it ran, above what was in use before; bytes, garbage included. */
	peakHeap: number;
	/** Processor time of the process while it ran, milliseconds. */
	cpu: number;
	/** Distinct calls that came, to prove that the same work was done. */
	calls: number;
}

/** The period that all the calls were made in. */
export const PERIOD = { from: '2026-06-01T00:00:00+00:00', to: '2026-07-01T00:00:00+00:00' };

/** The last moment at which the emulator may place a call: within the period. */
export const LAST_CALL = '2026-06-30T23:59:59+00:00';

/** The lanes in another order for each round, so that each is now the first, now the last. */
export const rotated = <T>(lanes: readonly T[], by: number): T[] =>
	lanes.map((_, index) => lanes[(index + by) % lanes.length]);

/** Pages in flight: the node's default, and the loop's. */
export const PARALLEL = 4;

/** Rows per page. */
export const PAGE = 1000;

/** Pages that each process reads before the clock starts: enough for Node to compile what runs often. */
export const WARM_UP_PAGES = 5;

export const REPORT = '/api/v1/search/cis/calls';

/** What a person would ask for, by `fields`. */
export const fieldsOf = (fieldSet: FieldSet): string =>
	(fieldSet === 'all' ? ALL_FIELDS : SIMPLIFIED_FIELDS).join(',');
