import type { Fault } from '../faults';
import { bufferReply, jsonReply } from './reply';
import type { Reply } from './reply';

interface Answer {
	count?: unknown;
	items?: unknown;
}

/** An answer that is not what was promised, made from the one that was. */
export function garbageReply(fault: Extract<Fault, { kind: 'garbage' }>, honest: Reply): Reply {
	if (fault.body !== undefined) return { ...jsonReply(200, fault.body), rows: honest.rows };
	const answer = readAnswer(honest);
	switch (fault.variant ?? 'null') {
		case 'null':
			return jsonReply(200, null);
		case 'itemsNotArray':
			return jsonReply(200, { ...answer, items: { 0: 'нет данных' } });
		case 'itemsMissing':
			return jsonReply(200, { count: answer.count });
		case 'rowsWithoutIds':
			return jsonReply(200, {
				...answer,
				items: rowsOf(answer).map((row) => ({ ...row, id: undefined })),
			});
		case 'rowsNotObjects':
			return jsonReply(200, {
				...answer,
				items: rowsOf(answer).map((_row, i) => (i % 2 === 0 ? null : 'звонок')),
			});
		case 'countNotNumber':
			return jsonReply(200, { ...answer, count: 'много' });
		case 'notJson':
			return bufferReply(
				200,
				'application/json; charset=utf-8',
				Buffer.from('{"count": 2, "items": [{"id": '),
			);
		case 'empty':
			return bufferReply(200, 'application/json; charset=utf-8', Buffer.alloc(0));
	}
}

function readAnswer({ body }: Reply): Answer {
	return Buffer.isBuffer(body) ? (JSON.parse(body.toString()) as Answer) : {};
}

function rowsOf({ items }: Answer): Array<Record<string, unknown>> {
	return Array.isArray(items) ? (items as Array<Record<string, unknown>>) : [];
}
