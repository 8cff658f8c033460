import type { Readings } from '../../emulator/readings';
import type { Answer } from '../client';
import { Hypotheses } from '../hypotheses';
import { isRefusal } from '../rows';
import type { Ground } from '../report-api';

type Shape = Readings['tasksShape'];

/** Words for a task that is done. */
const DONE = ['FINISHED', 'COMPLETED'] as const;

/** The lists around the report: tasks, bots, templates, dial plans, own numbers, sessions. */
export async function askLists({
	client,
	findings,
}: Pick<Ground, 'client' | 'findings'>): Promise<void> {
	const tasks = await client.get('cis', '/telephony/autoCall', { limit: 1000 });
	const shapes = new Hypotheses<Pick<Readings, 'tasksShape'>>({
		tasksShape: ['countItems', 'identityObject', 'itemsIdentity', 'array', 'data', 'dataItems'],
	});
	const rows = tasksOf(tasks) ?? [];
	if (tasks.status === 200)
		shapes.observe(tasks.number, ({ tasksShape }) => fits(tasks.json, tasksShape));
	const shown = { rows: rows.length, requests: [tasks.number] };
	findings.reading('tasksShape', shapes.settled('tasksShape'), {
		...shown,
		note: tasks.status === 200 ? '' : `Answered with ${tasks.status}`,
	});
	const words = new Set(rows.map(({ status }) => status));
	const done = DONE.filter((word) => words.has(word));
	findings.reading('finishedStatus', done.length === 1 ? done[0] : undefined, {
		...shown,
		note: done.length === 0 ? 'No task with such a status was seen' : '',
	});

	const templates: Answer[] = [];
	for (const name of ['autoCallTemplate', 'autoCallTemplates'])
		templates.push(await client.get('cis', `/telephony/${name}`, { limit: 1 }));
	const areMissing = templates.every(isRefusal);
	const isList = templates.some(({ status, json }) => status === 200 && fits(json, 'countItems'));
	findings.reading('templateList', isList ? 'countItems' : areMissing ? 'missing' : undefined, {
		requests: templates.map(({ number }) => number),
	});

	for (const [name, service, path, query] of [
		['list of bots', 'bot', '/bots', { fields: 'id,name', limit: 1 }],
		['list of dial plans', 'cis', '/telephony/providers', { limit: 1 }],
		['list of own numbers', 'cis', '/telephony/incomingRules', { limit: 1 }],
		['sessions report', 'analyse', '/search/cis/sessions', { fields: 'id,isIncoming', limit: 1 }],
	] as const) {
		const answer = await client.get(service, path, query);
		findings.fact(
			name,
			answer.status === 200 ? shapeOf(answer.json) : `answered with ${answer.status}`,
			{
				requests: [answer.number],
			},
		);
	}
}

/** Whether an answer has this shape. */
function fits(json: unknown, shape: Shape): boolean {
	const { count, items, data, total } = (json ?? {}) as Record<string, unknown>;
	const everyId = (rows: unknown, isOne: (row: Record<string, unknown>) => boolean) =>
		Array.isArray(rows) &&
		rows.every((row) => typeof row === 'object' && row !== null && isOne(row as never));
	const isText = (row: Record<string, unknown>) =>
		typeof row.id === 'string' || typeof row.id === 'number';
	switch (shape) {
		case 'countItems':
			return count !== undefined && everyId(items, isText);
		case 'identityObject':
			return (
				count !== undefined && everyId(items, ({ id }) => typeof id === 'object' && id !== null)
			);
		case 'itemsIdentity':
			return count === undefined && everyId(items, (row) => 'identity' in row);
		case 'array':
			return everyId(json, isText);
		case 'data':
			return total !== undefined && everyId(data, isText);
		case 'dataItems':
			return fits(data, 'countItems');
	}
}

function tasksOf({ json }: Answer): Array<{ status?: unknown }> | undefined {
	const { items, data } = (json ?? {}) as { items?: unknown; data?: unknown };
	const inner = (data as { items?: unknown } | undefined)?.items;
	return [json, items, data, inner].find((one): one is Array<{ status?: unknown }> =>
		Array.isArray(one),
	);
}

/** The shape in words, without anything of what is in it. */
function shapeOf(json: unknown): string {
	if (Array.isArray(json)) return 'an array';
	if (typeof json !== 'object' || json === null) return 'no JSON';
	const known = ['count', 'items', 'data', 'total'].filter((key) => key in json);
	return known.length > 0 ? `an object with ${known.join(', ')}` : 'an object with other keys';
}
