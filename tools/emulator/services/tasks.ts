import { readTaskSettings } from '../dialling/task-settings';
import type { Task } from '../dialling/types';
import { readJsonObject } from '../http/json-body';
import { ApiError, bufferReply, jsonReply } from '../http/reply';
import type { Reply } from '../http/reply';
import type { Readings } from '../readings';
import type { Endpoint, World } from './context';
import { pageOf } from './list';

const PATH = '/telephony/autoCall';

/** Tasks in the list when no limit is sent. */
const DEFAULT_LIMIT = 10;

const endpoint = (method: string, path: string, answer: Endpoint['answer']): Endpoint => ({
	service: 'tasks',
	host: 'cis',
	method,
	path: `${PATH}${path}`,
	answer,
});

/** The dial tasks: list, one, create, edit, play, pause, halted. */
export const taskEndpoints: readonly Endpoint[] = [
	endpoint('GET', '', (world, { query }) => {
		const { count, page } = pageOf(matching(world, query), query, DEFAULT_LIMIT);
		return jsonReply(200, inShape(page, count, world.readings.tasksShape), page.length);
	}),
	endpoint('POST', '', ({ dialler, readings, data }, { body }) => {
		const settings = readTaskSettings(readJsonObject(body), readings);
		if (!data.bots.some(({ id }) => id === settings.defaultExecData))
			throw new ApiError(
				readings.unknownReference,
				'Скрипт не найден.',
				`Нет скрипта ${settings.defaultExecData}.`,
			);
		const { id } = dialler.create(settings, 'create');
		return jsonReply(200, { id: { identity: id } });
	}),
	endpoint('GET', '/:id', (world, { params }) => {
		const task = taskOf(world, params.id);
		const { id, ...row } = rowOf(world, task);
		const shape = world.readings.tasksShape;
		return jsonReply(200, {
			...task.settings,
			...row,
			id: shape === 'identityObject' ? { identity: id } : id,
			callStats: statsOf(world, task),
		});
	}),
	...['PUT', 'PATCH'].map((method) => endpoint(method, '/:id', edit)),
	endpoint('POST', '/:id/play', (world, { params }) => {
		if (!world.dialler.play(taskOf(world, params.id))) idle(world.readings, 'запустить');
		return controlReply(world.readings);
	}),
	endpoint('POST', '/:id/pause', (world, { params }) => {
		if (!world.dialler.pause(taskOf(world, params.id))) idle(world.readings, 'остановить');
		return controlReply(world.readings);
	}),
	endpoint('POST', '/:id/halted', (world, { params }) => {
		world.dialler.halt(taskOf(world, params.id));
		return controlReply(world.readings);
	}),
];

/** The answer of a request that only does something. */
export function controlReply({ controlStatus }: Readings): Reply {
	return bufferReply(controlStatus, 'application/json; charset=utf-8', Buffer.alloc(0));
}

function taskOf({ dialler }: World, id: string): Task {
	const task = dialler.task(id);
	if (!task) throw new ApiError(404, 'Задание не найдено.', `Нет задания ${id}.`);
	return task;
}

function idle({ idlePlay }: Readings, what: string): void {
	if (idlePlay === 'error')
		throw new ApiError(400, 'Действие невозможно.', `Задание нельзя ${what} в этом статусе.`);
}

function edit(world: World, { params, body }: Parameters<Endpoint['answer']>[1]): Reply {
	const { taskEdit } = world.readings;
	const task = taskOf(world, params.id);
	if (taskEdit === 'refused')
		throw new ApiError(405, 'Метод не поддерживается.', 'Задание нельзя изменить.');
	const sent = readJsonObject(body);
	const whole = taskEdit === 'whole' ? sent : { ...task.settings, ...sent };
	task.settings = readTaskSettings(whole, world.readings);
	task.name = task.settings.name;
	return jsonReply(200, { id: { identity: task.id } });
}

interface Row {
	id: string;
	name: string;
	status: string;
	callCount: number;
	candidateCount: number;
	createdAt: string;
	updatedAt: string;
}

function rowOf({ dialler, readings }: World, task: Task): Row {
	const { id, name, status } = task;
	return {
		id,
		name,
		status: status === 'FINISHED' ? readings.finishedStatus : status,
		callCount: dialler.callsOf(task).length,
		candidateCount: dialler.peopleOf(task).length,
		createdAt: new Date(task.createdAt).toISOString(),
		updatedAt: new Date(task.updatedAt).toISOString(),
	};
}

function statsOf({ dialler }: World, task: Task): Record<string, number> {
	const stats: Record<string, number> = {};
	for (const { status } of dialler.callsOf(task)) stats[status] = (stats[status] ?? 0) + 1;
	return stats;
}

/** `status` with commas and without spaces, `keyword` in name or id, created from `from` to `to`. */
function matching(world: World, query: Record<string, string>): Row[] {
	const word = query.keyword?.toLowerCase() ?? '';
	const statuses = query.status ? query.status.split(',') : undefined;
	const [from, to] = [time('from', query.from), time('to', query.to)];
	return world.dialler.tasks
		.filter(
			({ name, id, createdAt }) =>
				[name, id].some((text) => text.toLowerCase().includes(word)) &&
				createdAt >= (from ?? -Infinity) &&
				createdAt <= (to ?? Infinity),
		)
		.map((task) => rowOf(world, task))
		.filter(({ status }) => !statuses || statuses.includes(status));
}

function time(name: string, text: string | undefined): number | undefined {
	if (!text) return undefined;
	const at = Date.parse(text);
	if (Number.isNaN(at))
		throw new ApiError(422, 'Ошибка валидации.', { [name]: ['Неверная дата.'] });
	return at;
}

function inShape(items: Row[], count: number, shape: Readings['tasksShape']): unknown {
	switch (shape) {
		case 'countItems':
			return { count, items };
		case 'identityObject':
			return { count, items: items.map((item) => ({ ...item, id: { identity: item.id } })) };
		case 'itemsIdentity':
			return { items: items.map(({ id, name }) => ({ identity: id, name })) };
		case 'array':
			return items;
		case 'data':
			return { data: items, total: count };
		case 'dataItems':
			return { data: { count, items } };
	}
}
