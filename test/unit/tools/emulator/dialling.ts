import type {
	EmulatorOptions,
	NamedThing,
	Readings,
	TaskSettings,
} from '../../../../tools/emulator';
import { visit } from './support';
import type { Answer, Visit } from './support';

/** Noon in Moscow. */
export const NOON = '2026-03-02T09:00:00.000Z';

export const PERSON = { phone: ['79000000001'], clientExternalId: '7' };

/** A visit at a time that only the test moves, and the dialling requests. */
export interface DiallingVisit extends Visit {
	bot: NamedThing;
	/** A new task with these settings; its id. */
	create: (settings?: Partial<TaskSettings>) => Promise<string>;
	/** The same, old enough to take people. */
	createReady: (settings?: Partial<TaskSettings>) => Promise<string>;
	contacts: (path: string, body: unknown) => Promise<Answer>;
	/** Adds people to a task. */
	add: (taskId: string, people: object[], more?: object) => Promise<Answer>;
	control: (taskId: string, action: 'play' | 'pause' | 'halted') => Promise<Answer>;
	/** The task's row in the list. */
	row: (taskId: string) => Promise<{ status: string; callCount: number; candidateCount: number }>;
	/** Phones dialled so far, in order. */
	dialled: () => string[];
}

export const settings = (botId: string, more: Partial<TaskSettings> = {}): TaskSettings => ({
	name: 'Опрос',
	defaultExec: 'robot',
	defaultExecData: botId,
	secondExec: 'end',
	cidType: 'default',
	startType: 'manual',
	cps: 1,
	additionalOptions: {},
	redialStrategyOptions: {},
	...more,
});

export async function diallingVisit(
	readings: Partial<Readings> = {},
	options: EmulatorOptions = {},
): Promise<DiallingVisit> {
	const visitor = await visit({ now: () => new Date(NOON), readings, ...options });
	const { emulator, send, get } = visitor;
	const [bot] = emulator.bots;
	const contacts: DiallingVisit['contacts'] = async (path, body) =>
		await send('POST', `/api/v1/telephony/autoCallCandidate${path}`, body);
	const create: DiallingVisit['create'] = async (more) => {
		const { json } = await send('POST', '/api/v1/telephony/autoCall', settings(bot.id, more));
		return (json as unknown as { id: { identity: string } }).id.identity;
	};
	return {
		...visitor,
		bot,
		contacts,
		create,
		createReady: async (more) => {
			const id = await create(more);
			emulator.clock.advance(5);
			return id;
		},
		add: async (autoCallId, people, more = {}) =>
			await contacts('/batch', {
				batch: people.map((person) => ({ autoCallId, ...person })),
				...more,
			}),
		control: async (id, action) => await send('POST', `/api/v1/telephony/autoCall/${id}/${action}`),
		row: async (id) => {
			const { json } = await get(`/api/v1/telephony/autoCall?limit=1000&keyword=${id}`);
			return json.items[0] as unknown as Awaited<ReturnType<DiallingVisit['row']>>;
		},
		dialled: () => emulator.dialler.ledger().dialled.map(({ phone }) => phone),
	};
}
