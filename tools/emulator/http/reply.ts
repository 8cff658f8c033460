/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the emulator is a server of its own and never published */
import type { Readable } from 'node:stream';

/** An answer before it is sent: faults may still bend it. */
export interface Reply {
	status: number;
	headers: Record<string, string>;
	body: Buffer | Readable;
	/** Calls (or tasks, bots) in the body; for the log. */
	rows: number;
}

/** Thrown to answer with an error as TWIN24 words them: `{"error", "details"}`. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly details: unknown = null,
	) {
		super(message);
	}
}

export function jsonReply(status: number, value: unknown, rows = 0): Reply {
	return bufferReply(
		status,
		'application/json; charset=utf-8',
		Buffer.from(JSON.stringify(value)),
		rows,
	);
}

export function bufferReply(status: number, contentType: string, body: Buffer, rows = 0): Reply {
	return { status, headers: { 'content-type': contentType }, body, rows };
}

export function errorReply(status: number, error: string, details: unknown = null): Reply {
	return jsonReply(status, { error, details });
}
