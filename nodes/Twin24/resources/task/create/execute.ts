import { createRequester, RequestError } from '../../../transport/request';
import { idIn } from '../../entries';
import { once } from '../../once';
import { operation } from '../../operation';
import { TASKS_PATH } from '../api';
import { rememberTask } from '../fresh';
import { readSettings } from './settings';

/** Runs `create` for one input item: a new task, made once, from which nobody is phoned yet. */
export const executeCreate = operation(async (run) => {
	const { context, read, itemIndex, connection } = run;
	const body = readSettings(read);
	const { name } = body;
	const id = await once(run, async () => {
		const { request } = await createRequester(context, {
			parallelRequests: 4,
			order: itemIndex,
			connection,
		});
		try {
			const made = await request(
				{ service: 'cis', path: TASKS_PATH, method: 'POST', body },
				readNewId,
			);
			rememberTask(made);
			return made;
		} catch (error) {
			throw naming(String(name), error);
		}
	});
	return [{ json: { id, name, botId: body.defaultExecData } }];
});

/** The ID of a new task: `{ "id": { "identity": "…" } }`, or as text. */
const readNewId = (body: unknown): string | undefined =>
	idIn((body as { id?: unknown } | null | undefined)?.id);

/** Where nobody knows whether the task was created: what to look for. */
const naming = (name: string, error: unknown): unknown => {
	if (!(error instanceof RequestError) || !error.outcomeUnknown) return error;
	return error.reworded({
		description: `The task "${name}" may or may not have been created: look for it with Get Many of the tasks. Nobody is in it yet. ${error.description}`,
	});
};
