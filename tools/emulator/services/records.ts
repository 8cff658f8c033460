/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the emulator is a server of its own and never published */
import { Readable } from 'node:stream';

import { bufferReply, errorReply } from '../http/reply';
import type { Reply } from '../http/reply';
import { faultReply } from '../http/send';
import type { CallTable } from '../table/call-table';

/** How the object store treats one recording, or all. */
export interface RecordBehaviour {
	/** Its length in bytes; large ones are streamed. Default: two kilobytes a second of the call. */
	size?: number;
	contentType?: string;
	/** Not there, though the call has a link to it. */
	missing?: boolean;
	/** A web page in its place. */
	html?: boolean;
	/** Sends the client elsewhere (302 unless `status` says otherwise). */
	redirect?: string;
	status?: number;
}

/** The object store that `recordPath` points to: public, and on another host than the API. */
export class RecordStore {
	private behaviours = new Map<string, RecordBehaviour>();

	constructor(private readonly table: CallTable) {}

	/** Sets how the recording of a call (its ID, or the path of any URL; '*' for all) is served. */
	behave(idOrPath: string, behaviour: RecordBehaviour): void {
		this.behaviours.set(idOrPath, behaviour);
	}

	clear(): void {
		this.behaviours.clear();
	}

	/** Answers `GET /records//COMPANY/YYYY/MM/DD/ID.mp3`. */
	answer(method: string, path: string): Reply {
		if (method !== 'GET') return errorReply(405, 'Метод не поддерживается.', 'Используйте GET.');
		const id = /\/([^/]+)\.mp3$/.exec(path)?.[1] ?? '';
		const behaviour =
			this.behaviours.get(path) ?? this.behaviours.get(id) ?? this.behaviours.get('*') ?? {};
		if (behaviour.html) return faultReply({ kind: 'html', status: behaviour.status });
		if (behaviour.redirect !== undefined) {
			const reply = bufferReply(behaviour.status ?? 302, 'text/plain', Buffer.alloc(0));
			return { ...reply, headers: { ...reply.headers, location: behaviour.redirect } };
		}
		const call = this.table.find(id);
		const known = behaviour.size !== undefined || (call?.recordPath?.endsWith(path) ?? false);
		if (behaviour.missing || !known) return NO_SUCH_KEY();
		const size = behaviour.size ?? Math.max(1, call?.duration ?? 1) * BYTES_PER_SECOND;
		return mp3Reply(id, size, behaviour.contentType ?? 'audio/mpeg');
	}
}

/** An object store speaks XML. */
const NO_SUCH_KEY = () =>
	bufferReply(
		404,
		'application/xml',
		Buffer.from(
			'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
		),
	);

/** One frame of silence: MPEG-2 layer III, 16 kbit/s, 16 kHz, mono; 72 bytes, 36 ms. */
const FRAME = Buffer.concat([Buffer.from([0xff, 0xf3, 0x28, 0xc0]), Buffer.alloc(68)]);
const BYTES_PER_SECOND = 2000;

/** Bytes from which a recording is streamed. */
const STREAMED = 1024 * 1024;

function mp3Reply(id: string, size: number, contentType: string): Reply {
	const head = title(id);
	const frames = Math.max(1, Math.floor((size - head.length) / FRAME.length));
	const length = head.length + frames * FRAME.length;
	const headers = { 'content-type': contentType, 'content-length': String(length) };
	if (length < STREAMED) {
		return {
			status: 200,
			headers,
			body: Buffer.concat([head, Buffer.alloc(frames * FRAME.length, FRAME)]),
			rows: 0,
		};
	}
	return { status: 200, headers, body: Readable.from(pieces(head, frames)), rows: 0 };
}

function* pieces(head: Buffer, frames: number): Generator<Buffer> {
	yield head;
	const many = Buffer.alloc(FRAME.length * 1000, FRAME);
	for (let left = frames; left > 0; left -= 1000)
		yield many.subarray(0, Math.min(left, 1000) * FRAME.length);
}

/** An ID3v2.3 tag whose title is the call's ID, so that no two recordings are alike. */
function title(id: string): Buffer {
	const text = Buffer.from(`\0${id}`, 'latin1');
	const frame = Buffer.concat([
		Buffer.from('TIT2'),
		Buffer.from([0, 0, 0, text.length, 0, 0]),
		text,
	]);
	return Buffer.concat([Buffer.from('ID3'), Buffer.from([3, 0, 0, 0, 0, 0, frame.length]), frame]);
}
