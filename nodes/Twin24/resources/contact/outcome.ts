import type { IDataObject } from 'n8n-workflow';

/** What became of one person: the item for n8n, or why there is none. */
export type Outcome =
	| { kind: 'done'; json: IDataObject }
	/** Certainly not sent, or certainly refused. */
	| { kind: 'failed'; error: unknown }
	/** Nobody knows. */
	| { kind: 'unknown'; error: unknown };
