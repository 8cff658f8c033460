import { STREAM } from '../data/data-set';
import { uuid } from '../data/random';
import { ApiError, jsonReply } from '../http/reply';
import type { Endpoint, World } from './context';
import { pageOf } from './list';

/** `GET /bots?fields=id,name&…` and `GET /bots/ID`; without `limit` all of them. */
const bots: Endpoint[] = [
	{
		service: 'bots',
		host: 'bot',
		method: 'GET',
		path: '/bots',
		answer: (world, { query }) => {
			const all = botsOf(world);
			const { count, page } = pageOf(all, query, all.length);
			const fields = query.fields ? query.fields.split(',') : ['id', 'name'];
			const items = page.map((bot) =>
				Object.fromEntries(Object.entries(bot).filter(([name]) => fields.includes(name))),
			);
			return jsonReply(200, { count, items }, items.length);
		},
	},
	{
		service: 'bots',
		host: 'bot',
		method: 'GET',
		path: '/bots/:id',
		answer: (world, { params }) => {
			const bot = botsOf(world).find(({ id }) => id === params.id);
			if (!bot) throw new ApiError(404, 'Бот не найден.', `Нет бота ${params.id}.`);
			return jsonReply(200, bot, 1);
		},
	},
];

function botsOf({ data, accounts }: World) {
	const companyId = accounts[0]?.companyId;
	return data.bots.map(({ id, name }) => ({
		id,
		name,
		companyId,
		language: 'ru',
		updatedAt: '2026-01-01T00:00:00.000000Z',
	}));
}

/** `GET /telephony/providers`: the dial plans. */
const providers: Endpoint = {
	service: 'tasks',
	host: 'cis',
	method: 'GET',
	path: '/telephony/providers',
	answer: () => {
		const items = ['Основной план', 'Резервный план'].map((name, i) => ({
			id: uuid(1, i, STREAM.provider),
			name,
		}));
		return jsonReply(200, { items }, items.length);
	},
};

/** The list of templates that nobody has seen, at the two addresses one would guess. */
const templates = ['autoCallTemplate', 'autoCallTemplates'].map((name): Endpoint => ({
	service: 'tasks',
	host: 'cis',
	method: 'GET',
	path: `/telephony/${name}`,
	answer: ({ dialler, readings }, { query }) => {
		if (readings.templateList === 'missing')
			throw new ApiError(404, 'Не найдено.', 'Ресурс не существует.');
		const rows = dialler.templates.map(({ id, name: title }) => ({ id, name: title }));
		const { count, page } = pageOf(rows, query, 10);
		return jsonReply(200, { count, items: page }, page.length);
	},
}));

/** What else is set up in the cabinet: bots, dial plans, templates. */
export const cabinetEndpoints: readonly Endpoint[] = [...bots, providers, ...templates];
