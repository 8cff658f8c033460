import type { NewCandidate, Template } from '../dialling/dialler';
import { settingsFor } from '../dialling/task-settings';
import type { Sent, Task } from '../dialling/types';
import { readJsonObject } from '../http/json-body';
import { ApiError, bufferReply, jsonReply } from '../http/reply';
import type { Reply } from '../http/reply';
import type { Endpoint, World } from './context';
import { controlReply } from './tasks';

const PATH = '/telephony/autoCallCandidate';

const endpoint = (path: string, answer: Endpoint['answer']): Endpoint => ({
	service: 'contacts',
	host: 'cis',
	method: 'POST',
	path: `${PATH}${path}`,
	answer,
});

/** People: one or several into tasks of their own, into an existing task, and out of one. */
export const contactEndpoints: readonly Endpoint[] = [
	endpoint('/single', (world, { body }) => {
		const request = new Sending(world, 'single', [readJsonObject(body)]);
		const [{ raw }] = request.people;
		const [template, botId] = request.refusing(() => [
			defaultTemplate(world),
			botOf(world, raw.botSettingsId),
		]);
		const day = world.dialler.taskOfTheDay(botId, template.id, 'single');
		return request.put(() => day ?? make(world, template, botId, 'single'), true);
	}),
	endpoint('/single/batch', (world, { body }) => {
		const request = new Sending(world, 'single/batch', batchOf(readJsonObject(body)));
		// Everything is looked up before anything is made.
		const wanted = request.refusing(
			() => new Map(request.people.map(({ raw }) => [raw, templateAndBot(world, raw)] as const)),
		);
		const made = new Map<string, Task>();
		return request.put((raw) => {
			const { template, botId } = wanted.get(raw)!;
			const { singleBatchTask } = world.readings;
			const key = singleBatchTask === 'perRequest' ? '' : `${template.id} ${botId}`;
			const day =
				singleBatchTask === 'perDay'
					? world.dialler.taskOfTheDay(botId, template.id, 'singleBatch')
					: undefined;
			const task = made.get(key) ?? day ?? make(world, template, botId, 'singleBatch');
			made.set(key, task);
			return task;
		}, true);
	}),
	endpoint('/batch', (world, { body }) => {
		const whole = readJsonObject(body);
		const request = new Sending(world, 'batch', batchOf(whole));
		return request.putIntoTasks(readFlag('forceStart', whole.forceStart));
	}),
	endpoint('', (world, { body }) => {
		const whole = readJsonObject(body);
		if ('batch' in whole)
			throw new ApiError(400, 'Некорректный запрос.', 'Ожидается один клиент, а не batch.');
		const request = new Sending(world, 'bare', [whole]);
		return request.putIntoTasks(readFlag('forceStart', whole.forceStart));
	}),
	endpoint('/cancel', (world, { query }) => {
		const { autoCallId, phone } = query;
		if (!autoCallId || !phone) throw invalid('phone', 'Укажите autoCallId и phone.');
		world.dialler.cancel(existing(world, autoCallId), phone);
		return controlReply(world.readings);
	}),
];

type Raw = Record<string, unknown>;

interface Person {
	raw: Raw;
	read: NewCandidate;
	/** Whether a badly formed number is refused, and there is one. */
	isBad: boolean;
}

/** One request that sends people. Nothing is changed until all of it was read. */
class Sending {
	readonly people: Person[];
	private readonly number: number;
	private readonly raws: Raw[];

	constructor(
		private readonly world: World,
		private readonly via: Sent['via'],
		raws: Raw[],
	) {
		const { batchCeiling, overCeiling, badNumber, badNumberStatus, checkPhone } = world.readings;
		this.raws = raws;
		this.number = world.dialler.nextRequest();
		if (batchCeiling > 0 && raws.length > batchCeiling) {
			this.refuse();
			throw new ApiError(
				overCeiling,
				'Слишком много записей.',
				`Не более ${batchCeiling} клиентов в одном запросе (batch size).`,
			);
		}
		this.people = this.refusing(() => raws.map((raw) => readPerson(raw, checkPhone)));
		const bad = this.people.findIndex(({ isBad }) => isBad);
		if (bad < 0 || badNumber !== 'refuseAll') return;
		this.refuse();
		const key = `batch.${bad}.phone`;
		throw new ApiError(badNumberStatus, 'Ошибка валидации.', { [key]: ['Неверный номер.'] });
	}

	/** Looks something up; when that throws, everybody of the request was refused. */
	refusing<T>(lookUp: () => T): T {
		let isRefused = true;
		try {
			const found = lookUp();
			isRefused = false;
			return found;
		} finally {
			if (isRefused) this.refuse();
		}
	}

	/** Into the tasks that the people themselves name. */
	putIntoTasks(forceStart: boolean): Reply {
		const { world } = this;
		this.refusing(() => {
			for (const { raw } of this.people) checkTask(world, raw);
		});
		return this.put((raw) => existing(world, String(raw.autoCallId)), forceStart);
	}

	/** Into these tasks, which are started if asked. */
	put(taskFor: (raw: Raw) => Task, start: boolean): Reply {
		const { dialler, readings } = this.world;
		const ids: string[] = [];
		const refused: Array<{ index: number; phone: string[]; error: string }> = [];
		const before = new Map<Task, string>();
		for (const [index, { raw, read, isBad }] of this.people.entries()) {
			if (isBad) {
				refused.push({ index, phone: read.phones, error: 'Неверный номер.' });
				this.note(read, 'badNumber', null, null);
				continue;
			}
			const task = taskFor(raw);
			if (!before.has(task)) before.set(task, task.status);
			if (dialler.isFresh(task) && readings.freshTask === 'lost') {
				this.note(read, 'lost', task.id, null);
				continue;
			}
			const twin = dialler.twin(task, read);
			const candidate = twin ?? dialler.add(task, read);
			ids.push(candidate.id);
			this.note(read, twin ? 'duplicate' : 'accepted', task.id, candidate.id);
		}
		for (const [task, status] of before) {
			const isAsleep = ['PAUSED', 'FINISHED'].includes(status);
			if (start && (!isAsleep || readings.forceStartWakes)) dialler.play(task);
		}
		if (refused.length > 0 && readings.badNumber === 'listed')
			return jsonReply(200, { count: ids.length, errors: refused });
		const isBatch = this.via === 'batch' || this.via === 'single/batch';
		const [task] = before.keys();
		return isBatch ? batchReply(this.world, ids) : singleReply(this.world, ids[0], task);
	}

	private refuse(): void {
		for (const raw of this.raws)
			this.note(
				{
					phones: Array.isArray(raw?.phone) ? raw.phone.map(String) : [],
					externalId: typeof raw?.clientExternalId === 'string' ? raw.clientExternalId : null,
				},
				'refused',
				typeof raw?.autoCallId === 'string' ? raw.autoCallId : null,
				null,
			);
	}

	private note(
		{ phones, externalId }: Pick<NewCandidate, 'phones' | 'externalId'>,
		verdict: Sent['verdict'],
		taskId: string | null,
		candidateId: string | null,
	): void {
		const { number: request, via } = this;
		this.world.dialler.note({ request, via, verdict, taskId, candidateId, phones, externalId });
	}
}

function singleReply({ readings }: World, id: string | undefined, task: Task | undefined): Reply {
	switch (readings.singleAnswer) {
		case 'identity':
			return id === undefined ? empty(200) : jsonReply(200, { id: { identity: id } }, 1);
		case 'ids':
			return id === undefined ? empty(200) : jsonReply(200, { id, autoCallId: task?.id }, 1);
		case 'empty':
			return empty(200);
		case 'emptyList':
			return jsonReply(200, []);
		case 'noContent':
			return empty(204);
	}
}

function batchReply({ readings }: World, ids: string[]): Reply {
	switch (readings.batchAnswer) {
		case 'empty':
			return empty(200);
		case 'emptyList':
			return jsonReply(200, []);
		case 'identities':
			return jsonReply(
				200,
				ids.map((id) => ({ id: { identity: id } })),
				ids.length,
			);
		case 'count':
			return jsonReply(200, { count: ids.length }, ids.length);
	}
}

const empty = (status: number) =>
	bufferReply(status, 'application/json; charset=utf-8', Buffer.alloc(0));

function batchOf({ batch }: Raw): Raw[] {
	if (!Array.isArray(batch) || batch.length === 0)
		throw invalid('batch', 'Ожидается непустой массив.');
	return batch as Raw[];
}

function readPerson(raw: Raw, checkedByDefault: boolean): Person {
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
		throw invalid('batch', 'Клиент должен быть объектом.');
	const { phone, variables, callbackData = [], clientExternalId, timezone, checkPhone } = raw;
	const isList = Array.isArray(phone) && phone.length > 0;
	if (!isList || !phone.every((one) => typeof one === 'string'))
		throw invalid('phone', 'Ожидается массив строк.');
	if (variables !== undefined && (typeof variables !== 'object' || variables === null))
		throw invalid('variables', 'Ожидается объект.');
	if (typeof callbackData !== 'object') throw invalid('callbackData', 'Ожидается объект.');
	if (clientExternalId !== undefined && typeof clientExternalId !== 'string')
		throw invalid('clientExternalId', 'Ожидается строка.');
	if (timezone !== undefined && typeof timezone !== 'number')
		throw invalid('timezone', 'Ожидается число.');
	const checked = checkPhone === undefined ? checkedByDefault : readFlag('checkPhone', checkPhone);
	return {
		raw,
		read: {
			phones: phone as string[],
			variables: (variables ?? {}) as Record<string, unknown>,
			callbackData,
			externalId: clientExternalId || null,
			timezone: timezone ?? null,
		},
		isBad: checked && !(phone as string[]).every((one) => /^\d{10,15}$/.test(one)),
	};
}

/** Throws when the person cannot be put into the task that it names. */
function checkTask(world: World, { autoCallId }: Raw): void {
	const { dialler, readings } = world;
	if (typeof autoCallId !== 'string' || autoCallId === '')
		throw invalid('autoCallId', 'Поле обязательно для заполнения.');
	const task = existing(world, autoCallId);
	if (dialler.isFresh(task) && readings.freshTask === 'notFound') throw noTask(autoCallId);
	const isStopped = task.status === 'HALTED' || task.status === 'FINISHED';
	if (isStopped && readings.addToStopped === 'error')
		throw new ApiError(400, 'Задание завершено.', 'Клиентов нельзя добавить.');
}

function existing({ dialler }: World, id: string): Task {
	const task = dialler.task(id);
	if (!task) throw noTask(id);
	return task;
}

const noTask = (id: string) => new ApiError(404, 'Задание не найдено.', `Нет задания ${id}.`);

function defaultTemplate({ dialler, readings }: World): Template {
	const template = dialler.templates.find(({ isDefault }) => isDefault);
	if (!template || !readings.defaultTemplate)
		throw new ApiError(
			readings.unknownReference,
			'Нет шаблона по умолчанию.',
			'Отметьте шаблон задания в личном кабинете.',
		);
	return template;
}

function templateAndBot(world: World, raw: Raw): { template: Template; botId: string } {
	const { dialler, readings, data } = world;
	const template = dialler.templates.find(({ id }) => id === raw.autoCallTemplateId);
	if (!template)
		throw new ApiError(
			readings.unknownReference,
			'Шаблон не найден.',
			`Нет шаблона ${String(raw.autoCallTemplateId)}.`,
		);
	const own = template.settings.defaultExecData ?? data.bots[0].id;
	return { template, botId: botOf(world, raw.botSettingsId ?? own) };
}

function botOf({ data, readings }: World, id: unknown): string {
	if (typeof id !== 'string') throw invalid('botSettingsId', 'Поле обязательно для заполнения.');
	if (!data.bots.some((bot) => bot.id === id))
		throw new ApiError(readings.unknownReference, 'Скрипт не найден.', `Нет скрипта ${id}.`);
	return id;
}

function make(world: World, template: Template, botId: string, madeBy: Task['madeBy']): Task {
	const base = settingsFor(`${template.name}: API`, botId);
	return world.dialler.create(
		{ ...base, ...template.settings, defaultExecData: botId },
		madeBy,
		template.id,
	);
}

function readFlag(name: string, value: unknown): boolean {
	if (value !== undefined && typeof value !== 'boolean')
		throw invalid(name, 'Значение должно быть true или false.');
	return value ?? false;
}

const invalid = (name: string, why: string) =>
	new ApiError(422, 'Ошибка валидации.', { [name]: [why] });
