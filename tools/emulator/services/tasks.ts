import type { NamedThing } from '../data/data-set';
import { ApiError, jsonReply } from '../http/reply';
import type { Readings } from '../readings';
import type { Endpoint } from './context';

/** `GET /api/v1/telephony/autoCall?page=0&limit=…&keyword=…&sort=…`: the dial tasks; pages count from 0. */
export const dialTasks: Endpoint = {
	service: 'tasks',
	method: 'GET',
	host: 'cis',
	path: '/telephony/autoCall',
	answer: ({ data, readings }, { query }) => {
		const { count, page } = pageOf(data.tasks, query);
		return jsonReply(200, taskList(page, count, readings.tasksShape), page.length);
	},
};

/** `GET /api/v1/bots` gives `{count, items: [{id, name}]}`. */
export const bots: Endpoint = {
	service: 'bots',
	method: 'GET',
	host: 'bot',
	path: '/bots',
	answer: ({ data }, { query }) => {
		const { count, page } = pageOf(data.bots, query);
		return jsonReply(
			200,
			{ count, items: page.map(({ id, name }) => ({ id, name })) },
			page.length,
		);
	},
};

function pageOf(
	all: NamedThing[],
	query: Record<string, string>,
): { count: number; page: NamedThing[] } {
	const limit = whole('limit', query.limit, 10, 1);
	const start = whole('page', query.page, 0, 0) * limit;
	const word = query.keyword?.toLowerCase() ?? '';
	const found = all.filter(({ name }) => name.toLowerCase().includes(word));
	const sort = query.sort ?? '';
	if (/^[-+ ]?name$/.test(sort)) {
		const sign = sort.startsWith('-') ? -1 : 1;
		found.sort((a, b) => sign * a.name.localeCompare(b.name, 'ru'));
	}
	return { count: found.length, page: found.slice(start, start + limit) };
}

function whole(name: string, text: string | undefined, fallback: number, least: number): number {
	if (text === undefined || text === '') return fallback;
	if (
		!/^\d{1,6}$/.test(text) ||
		Number(text) < least ||
		(name === 'limit' && Number(text) > 1000)
	) {
		throw new ApiError(422, 'Ошибка валидации.', { [name]: ['Недопустимое значение.'] });
	}
	return Number(text);
}

function taskList(page: NamedThing[], count: number, shape: Readings['tasksShape']): unknown {
	const items = page.map(({ id, name }, i) => ({
		id,
		name,
		status: i % 3 === 0 ? 'COMPLETED' : 'ACTIVE',
	}));
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
