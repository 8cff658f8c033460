import { ApiError } from '../http/reply';
import type { Readings } from '../readings';
import { startMoment } from './hours';
import type { TaskSettings, WebhookUrl } from './types';

/** The settings of a task that the cabinet made, all day and without redials. */
export function settingsFor(name: string, botId: string): TaskSettings {
	return {
		name,
		defaultExec: 'robot',
		defaultExecData: botId,
		secondExec: 'end',
		cidType: 'default',
		startType: 'manual',
		cps: 1,
		webhookUrls: [],
		additionalOptions: { fullListMethod: 'reject', fullListTime: 0, useTr: false },
		redialStrategyOptions: { redialStrategyEn: false },
	};
}

const REQUIRED = [
	'name',
	'defaultExec',
	'defaultExecData',
	'secondExec',
	'cidType',
	'startType',
	'cps',
	'additionalOptions',
	'redialStrategyOptions',
];

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks the body of a task's creation. Throws an ApiError that names every key that is wrong. */
export function readTaskSettings(body: unknown, readings: Readings): TaskSettings {
	if (!isObject(body)) throw new ApiError(400, 'Некорректный JSON.', 'Ожидается объект.');
	const wrong: Record<string, string[]> = {};
	for (const name of REQUIRED)
		if (body[name] === undefined || body[name] === null || body[name] === '')
			wrong[name] = ['Поле обязательно для заполнения.'];
	const check = (name: string, isRight: boolean) => {
		if (!isRight) wrong[name] ??= ['Недопустимое значение.'];
	};
	check('defaultExec', ['robot', 'AI_AGENT', 'BOT'].includes(body.defaultExec as string));
	check('secondExec', ['end', 'ignore', 'ch'].includes(body.secondExec as string));
	check('secondExecData', body.secondExec !== 'ch' || typeof body.secondExecData === 'string');
	check('cidType', ['default', 'gornum', 'pool'].includes(body.cidType as string));
	const needsNumber = ['gornum', 'pool'].includes(body.cidType as string);
	check('cidData', !needsNumber || typeof body.cidData === 'string');
	check('startType', ['manual', 'time'].includes(body.startType as string));
	check(
		'startMoment',
		body.startType !== 'time' || !Number.isNaN(startMoment(String(body.startMoment), readings)),
	);
	check('cps', Number(body.cps) > 0);
	check('additionalOptions', isObject(body.additionalOptions));
	check('redialStrategyOptions', isObject(body.redialStrategyOptions));
	check('webhookUrls', areWebhookUrls(body.webhookUrls, readings));
	if (Object.keys(wrong).length > 0) throw new ApiError(422, 'Ошибка валидации.', wrong);
	return body as TaskSettings;
}

function areWebhookUrls(value: unknown, { webhookUrls }: Readings): boolean {
	if (value === undefined || value === null) return true;
	if (!Array.isArray(value)) return false;
	return (value as WebhookUrl[]).every((one) => {
		const isText = typeof one === 'string';
		if (webhookUrls !== 'both' && isText !== (webhookUrls === 'strings')) return false;
		return URL.canParse(isText ? one : String(one?.url));
	});
}
