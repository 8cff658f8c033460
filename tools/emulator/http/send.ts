/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the emulator is a server of its own and never published */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import type { Fault } from '../faults';
import { bufferReply, errorReply, jsonReply } from './reply';
import type { Reply } from './reply';

/**
 * Sends an answer. `ended` is called when the last bytes are handed over, before the client can
 * have seen them, so that what is counted as in flight is never more than what the client counts.
 */
export function send(response: ServerResponse, reply: Reply, ended: () => void): void {
	const { status, headers, body } = reply;
	if (body instanceof Readable) {
		response.writeHead(status, headers);
		body.once('end', ended);
		body.once('error', () => response.destroy());
		response.once('close', () => body.destroy());
		body.pipe(response);
		return;
	}
	response.writeHead(status, { ...headers, 'content-length': String(body.length) });
	ended();
	response.end(body);
}

/** Sends the first part of an answer and drops the connection. */
export function sendCutOff(
	response: ServerResponse,
	reply: Reply,
	{ at = 0.5, encoding = 'length' }: { at?: number; encoding?: 'length' | 'chunked' },
	ended: () => void,
): void {
	const body = wholeBody(reply);
	const length: Record<string, string> =
		encoding === 'length' ? { 'content-length': String(body.length) } : {};
	const part = body.subarray(
		0,
		Math.max(1, Math.min(body.length - 1, Math.floor(body.length * at))),
	);
	response.writeHead(reply.status, { ...reply.headers, ...length });
	response.write(part, () => {
		ended();
		response.destroy();
	});
}

/** Sends an answer a few bytes at a time, until its end or the client's. */
export async function sendDripping(
	response: ServerResponse,
	reply: Reply,
	{ ms, bytes = 1 }: { ms: number; bytes?: number },
	ended: () => void,
): Promise<void> {
	const body = wholeBody(reply);
	response.writeHead(reply.status, { ...reply.headers, 'content-length': String(body.length) });
	for (let at = 0; at < body.length && !response.destroyed; at += bytes) {
		response.write(body.subarray(at, at + bytes));
		await sleep(ms);
	}
	ended();
	response.end();
}

/** The answer as gzip that is damaged. */
export function corruptGzip(
	reply: Reply,
	variant: 'checksum' | 'truncated' | 'notGzip' = 'checksum',
): Reply {
	const plain = wholeBody(reply);
	const packed = gzipSync(plain);
	// A gzip file ends with four bytes of checksum and four of length.
	if (variant === 'checksum') packed[packed.length - 8] ^= 0xff;
	const damaged = {
		checksum: packed,
		truncated: packed.subarray(0, Math.floor(packed.length / 2)),
		notGzip: plain,
	};
	const headers = { ...reply.headers, 'content-encoding': 'gzip' };
	return { ...reply, headers, body: damaged[variant] };
}

const wholeBody = ({ body }: Reply) => (body instanceof Readable ? Buffer.alloc(1024) : body);

/** The answer of a `status` or `html` fault. */
export function faultReply(fault: Extract<Fault, { kind: 'status' | 'html' }>): Reply {
	if (fault.kind === 'html') {
		return bufferReply(
			fault.status ?? 200,
			'text/html; charset=utf-8',
			Buffer.from(fault.body ?? HTML_PAGE),
		);
	}
	const reply = statusReply(fault.status, fault.body);
	const after = retryAfter(fault);
	return {
		...reply,
		headers: {
			...reply.headers,
			...(after === undefined ? {} : { 'retry-after': after }),
			...fault.headers,
		},
	};
}

function statusReply(status: number, body: unknown): Reply {
	if (typeof body === 'string') {
		const type = body.trimStart().startsWith('<') ? 'text/html' : 'text/plain';
		return bufferReply(status, `${type}; charset=utf-8`, Buffer.from(body));
	}
	if (body !== undefined) return jsonReply(status, body);
	const [error, details] = STATUS_TEXTS[status] ?? [
		'Внутренняя ошибка сервиса.',
		'Попробуйте повторить запрос позже.',
	];
	return errorReply(status, error, details);
}

function retryAfter(fault: Extract<Fault, { kind: 'status' }>): string | undefined {
	const { retryAfter: after, retryAfterSeconds = 1 } = fault;
	if (after === undefined) return undefined;
	if (after === 'date') return new Date(Date.now() + retryAfterSeconds * 1000).toUTCString();
	return after instanceof Date ? after.toUTCString() : String(after);
}

const STATUS_TEXTS: Record<number, [error: string, details: string]> = {
	400: ['Некорректный запрос.', 'Проверьте параметры запроса.'],
	401: ['Token is expired.', 'Необходимо авторизоваться заново.'],
	402: ['Недостаточно средств.', 'Пополните баланс компании.'],
	403: ['Доступ запрещён.', 'У пользователя нет прав на просмотр статистики.'],
	404: ['Не найдено.', 'Запрошенный ресурс не существует.'],
	405: ['Метод не поддерживается.', 'Используйте другой метод.'],
	408: ['Время ожидания запроса истекло.', 'Повторите запрос.'],
	422: ['Ошибка валидации.', 'Проверьте параметры запроса.'],
	425: ['Слишком рано.', 'Повторите запрос позже.'],
	429: ['Слишком много запросов.', 'Превышен лимит запросов, повторите позже.'],
};

const HTML_PAGE = `<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>Технические работы</title></head>
<body><h1>Ведутся технические работы</h1><p>Сервис скоро будет доступен.</p></body></html>
`;
