import type { IDataObject } from 'n8n-workflow';

import type { ReadParameter } from '../../../parameters/parameter';
import { readOne } from '../../../parameters/parameter';
import { CANDIDATES_PATH } from '../../contact/api';
import { deliver } from '../../contact/deliver';
import type { Carrier } from '../../contact/deliver';
import { candidateOf, readPerson } from '../../contact/person';
import type { Person } from '../../contact/person';
import { idIn } from '../../entries';
import { operation } from '../../operation';
import { botId as botIdParameter, startOptions } from './parameters';

interface Callee extends Person {
	botId: string;
	templateId?: string;
}

/** @throws ParameterError */
const readCallee = (read: ReadParameter): Callee => {
	const botId = readOne(read, botIdParameter);
	const { templateId, ...options } = readOne(read, startOptions);
	return { ...readPerson(read, options), botId, templateId };
};

/** Each in a request of their own, phoned at once; TWIN24 makes the task. */
const atOnce: Carrier<Callee> = {
	name: 'people phoned at once',
	done: 'phoned',
	whereToLook:
		'Look before you send it again: in the tasks of today in the TWIN24 cabinet, or with Search of the calls and the filter Other Fields > External ID, some minutes later.',
	// By whatever bot: nobody is to be rung by two at a time.
	placeOf: () => '',
	groupOf: ({ externalId }) => externalId,
	batchSizeOf: () => 1,
	ready: async () => {},
	send: async ({ request }, [callee], _isLast, read) => {
		const { botId: botSettingsId, templateId: autoCallTemplateId } = callee;
		const candidate = { ...candidateOf(callee), botSettingsId };
		const [path, body]: [string, IDataObject] =
			autoCallTemplateId === undefined
				? ['single', candidate]
				: ['single/batch', { batch: [{ ...candidate, autoCallTemplateId }] }];
		return await request(
			{ service: 'cis', path: `${CANDIDATES_PATH}/${path}`, method: 'POST', body },
			read,
		);
	},
	consequence: () => '',
	itemOf: ({ botId }, { candidateId, response }) => ({
		botId,
		taskId: idIn((response as IDataObject | null)?.autoCallId) ?? null,
		contactId: candidateId,
		response,
	}),
};

/** Runs `start` for one input item: a person is phoned at once, one item after the other. */
export const executeStart = operation(async (run) => [
	{ json: await deliver(run, atOnce, () => readCallee(run.read)) },
]);
