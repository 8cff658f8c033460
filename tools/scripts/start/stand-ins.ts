import type { INode, IPinData } from 'n8n-workflow';

import type { Call } from '../../emulator';
import type { WorkflowFile } from '../../n8n-host';
import type { Emulated } from './twin24';

/** What nodes of the examples would get from services that the demo has no account for; by example and node. */
const ANSWERS: Record<string, Record<string, object[]>> = {
	'call-leads-from-amocrm.json': {
		'Deals of the Stage': [
			{ _embedded: { leads: [{ id: 501, _embedded: { contacts: [{ id: 71 }] } }] } },
		],
		Contact: [
			{
				id: 71,
				custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+7 900 000-00-01' }] }],
			},
		],
	},
	'call-leads-from-bitrix24.json': {
		'New Leads': [
			{
				result: [
					{ ID: '101', NAME: 'Анна', PHONE: [{ VALUE: '+7 900 000-00-02' }] },
					{ ID: '102', NAME: 'Борис', PHONE: [{ VALUE: '8 900 000-00-03' }] },
				],
			},
		],
	},
	'nightly-upsert-to-postgres.json': { 'Make Table': [{ success: true }] },
	'sheet-to-task.json': {
		Rows: [
			{ id: 'row-1', phone: '+7 900 000-00-04', status: '' },
			{ id: 'row-2', phone: '+7 900 000-00-05', status: '' },
		],
	},
};

const EVENTS_TRIGGER = 'n8n-nodes-twin24.twin24EventsTrigger';

/** The task that an example has in the place of yours. */
const NO_TASK = '00000000-0000-0000-0000-000000000000';

/**
 * Makes an example one whose TWIN24 steps run in the demo at once: a task of the emulated TWIN24 is chosen, and nodes
 * whose services cannot be asked have their answers pinned, as a person pins them in the editor.
 *
 * @param file the example's name
 */
export function fitForDemo(
	file: string,
	example: WorkflowFile,
	{ tasks: [task], answered }: Emulated,
): WorkflowFile {
	const events = example.nodes.filter(({ type }) => type === EVENTS_TRIGGER);
	const answers = {
		...ANSWERS[file],
		...Object.fromEntries(events.map(({ name }) => [name, [eventOf(answered)]])),
	};
	const pinned = Object.entries(answers).map(
		([node, items]) => [node, items.map((json) => ({ json }))] as const,
	);
	return {
		...example,
		nodes: example.nodes.map((node) => withTask(node, task)),
		pinData: { ...example.pinData, ...Object.fromEntries(pinned) } as IPinData,
	};
}

/** The end of a call as the events trigger tells it. */
const eventOf = ({ id, ...call }: Call) => ({
	event: 'callEnded',
	callId: id,
	taskId: call.taskId,
	phone: call.phone,
	status: call.status,
	startedAt: call.startedAt,
	duration: call.duration,
});

function withTask(node: INode, { id, name }: Emulated['tasks'][number]): INode {
	const text = JSON.stringify(node).replaceAll(NO_TASK, id);
	const filled = JSON.parse(text) as INode;
	const { taskId } = filled.parameters;
	if (typeof taskId === 'object' && taskId !== null && 'value' in taskId && taskId.value === '')
		Object.assign(taskId, { value: id, cachedResultName: name });
	return filled;
}
