/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the emulator is a server of its own and never published */
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Fault, Faults } from './faults';
import { garbageReply } from './http/garbage';
import { ApiError, errorReply } from './http/reply';
import type { Reply } from './http/reply';
import type { LogEntry, RequestLog, Service } from './http/request-log';
import { corruptGzip, faultReply, send, sendCutOff, sendDripping } from './http/send';

/** A request with its address taken apart and its body read. */
export interface ReadRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

/** Where a server's requests go. */
export interface Site {
	serviceOf: (path: string) => Service;
	/** Whose token it is, if it is anybody's. */
	accountOf: (authorization: string | undefined) => string | null;
	answer: (request: ReadRequest) => Reply | Promise<Reply>;
	/** Requests to the emulator itself: neither logged nor struck by faults. */
	control?: (request: ReadRequest) => Reply | Promise<Reply>;
}

const CONTROL = '/__emulator/';

/** A server on 127.0.0.1, still without a listener. Rejects when the port is taken. */
export async function listen(port: number): Promise<Server> {
	const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 });
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return server;
}

export function urlOf(server: Server): string {
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Drops all connections, those that hang included. */
export async function shut(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}

/** A listener that logs a request, lets faults strike it and answers it from the site. */
export function serve(site: Site, log: RequestLog, faults: Faults): RequestListener {
	return (request, response) => {
		void handle(request, response, site, log, faults).catch((error: unknown) => {
			const what = String(error instanceof Error ? error.message : error).replace(/\s+/g, ' ');
			const { pathname } = new URL(request.url ?? '/', 'http://emulator');
			process.stderr.write(
				`The emulator itself failed at ${request.method} ${pathname}: ${what}\n`,
			);
			if (response.headersSent) response.destroy();
			else send(response, errorReply(500, 'The emulator itself failed.', what), () => undefined);
		});
	};
}

/** Faults that come in the place of an answer. */
const LOSES_ANSWER: Array<Fault['kind']> = ['status', 'html', 'reset', 'hang'];

async function handle(
	request: IncomingMessage,
	response: ServerResponse,
	site: Site,
	log: RequestLog,
	faults: Faults,
): Promise<void> {
	const { path, query } = address(request.url ?? '/');
	const method = request.method ?? 'GET';
	if (site.control && path.startsWith(CONTROL)) {
		const reply = await answerOf(site.control, {
			method,
			path,
			query,
			headers: request.headers,
			body: await bodyOf(request),
		});
		send(response, reply, () => undefined);
		return;
	}
	const authorization = request.headers.authorization;
	const service = site.serviceOf(path);
	const { entry, end } = log.begin({
		service,
		method,
		path,
		query,
		authorization: authorization !== undefined,
	});
	entry.account = site.accountOf(authorization);
	response.once('close', end);
	const { latencies, fault } = faults.strike({ service, method, path, query });
	const body = await bodyOf(request);
	for (const ms of latencies) if (!(await pause(ms, response))) return;
	const honest = async () =>
		await answerOf(site.answer, { method, path, query, headers: request.headers, body });
	if (fault?.carriedOut && LOSES_ANSWER.includes(fault.kind)) await honest();
	switch (fault?.kind) {
		case 'hang':
			faults.hang(() => response.destroy());
			return;
		case 'reset':
			end();
			request.socket.resetAndDestroy();
			return;
		case 'status':
		case 'html':
			finish(response, faultReply(fault), entry, end);
			return;
	}
	const reply = await honest();
	if (response.destroyed) return;
	switch (fault?.kind) {
		case 'cutOff':
			entry.status = reply.status;
			sendCutOff(response, reply, fault, end);
			return;
		case 'drip':
			entry.status = reply.status;
			await sendDripping(response, reply, fault, end);
			return;
		case 'garbage':
			finish(response, garbageReply(fault, reply), entry, end);
			return;
		case 'corruptGzip':
			finish(response, corruptGzip(reply, fault.variant), entry, end);
			return;
		default:
			finish(response, reply, entry, end);
	}
}

function finish(response: ServerResponse, reply: Reply, entry: LogEntry, end: () => void): void {
	entry.status = reply.status;
	entry.rows = reply.rows;
	send(response, reply, end);
}

async function answerOf(answer: Site['answer'], request: ReadRequest): Promise<Reply> {
	try {
		return await answer(request);
	} catch (error) {
		if (error instanceof ApiError) return errorReply(error.status, error.message, error.details);
		return await Promise.reject(error);
	}
}

function address(url: string): { path: string; query: Record<string, string> } {
	const mark = url.indexOf('?');
	if (mark < 0) return { path: url, query: {} };
	return {
		path: url.slice(0, mark),
		query: Object.fromEntries(new URLSearchParams(url.slice(mark + 1))),
	};
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts);
}

/** Waits, or gives false as soon as the client (or the emulator's end) has closed the connection. */
async function pause(ms: number, response: ServerResponse): Promise<boolean> {
	return await new Promise((resolve) => {
		const gone = () => {
			clearTimeout(timer);
			resolve(false);
		};
		const timer = setTimeout(() => {
			response.off('close', gone);
			resolve(!response.destroyed);
		}, ms);
		response.once('close', gone);
	});
}
