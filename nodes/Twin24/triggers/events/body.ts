/** A request as n8n hands it on, with what it adds to express'. */
export interface BodyRequest {
	/** Reads the body, uncompressed and up to n8n's limit of size, into `rawBody`, if that has not been done. */
	readRawBody?: () => Promise<void>;
	rawBody?: Buffer;
	/** What n8n has made of the body, if it has. */
	body?: unknown;
}

export type BodyRead =
	| { body: unknown }
	/** It will never be readable, and why: completes "The body …". */
	| { unreadable: string }
	/** It did not come whole; sent again it may. */
	| { isBrokenOff: true };

/**
 * Reads a body as JSON, whatever type it is said to be of: JSON is UTF-8 (RFC 8259), and TWIN24 sends
 * nothing else.
 */
export const readBody = async (request: BodyRequest): Promise<BodyRead> => {
	// A form with files is taken apart by n8n, and nothing is left to read.
	if (!request.rawBody && request.body !== undefined) return { unreadable: 'is a form' };
	try {
		await request.readRawBody?.();
	} catch (error) {
		return failureOf(error);
	}
	const text = (request.rawBody ?? Buffer.alloc(0)).toString('utf8').replace(/^\uFEFF/, '');
	if (text.trim() === '') return { unreadable: 'is empty' };
	try {
		return { body: JSON.parse(text) as unknown };
	} catch {
		return { unreadable: 'is no JSON' };
	}
};

/** As the package raw-body, with which n8n reads, calls what ended too early. */
const BROKEN_OFF = new Set(['request.aborted', 'request.size.invalid', 'stream.not.readable']);

const BAD_REQUEST = 400;

const failureOf = (error: unknown): BodyRead => {
	const { type, httpStatusCode } = error as { type?: string; httpStatusCode?: number };
	if (type === 'entity.too.large')
		return { unreadable: 'is larger than n8n allows (N8N_PAYLOAD_SIZE_MAX)' };
	// n8n's own error for a connection that was lost.
	if (httpStatusCode === BAD_REQUEST || BROKEN_OFF.has(type ?? '')) return { isBrokenOff: true };
	return { unreadable: 'cannot be decompressed' };
};
