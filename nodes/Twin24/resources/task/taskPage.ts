export interface Task {
	id: string;
	name: string;
}

type Entry = Record<string, unknown>;

const isEntry = (value: unknown): value is Entry =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where the list may stand in an answer: its shape is not documented. */
const LISTS = ['items', 'data', 'tasks', 'results', 'result', 'content'];

const listIn = (body: unknown, depth = 0): unknown[] | undefined => {
	if (Array.isArray(body)) return body;
	if (!isEntry(body) || depth > 2) return undefined;
	for (const key of LISTS) {
		const list = listIn(body[key], depth + 1);
		if (list) return list;
	}
	return undefined;
};

/** An ID comes as text, or as `{ "identity": "…" }`. */
const idIn = (value: unknown): string | undefined => {
	if (typeof value === 'string' || typeof value === 'number') return String(value) || undefined;
	return isEntry(value) ? (idIn(value.identity) ?? idIn(value.id)) : undefined;
};

const taskIn = (entry: unknown): Task | undefined => {
	if (!isEntry(entry)) return undefined;
	const id = idIn(entry.id) ?? idIn(entry.identity) ?? idIn(entry.taskId);
	const name = [entry.name, entry.title].find(
		(text) => typeof text === 'string' && text.trim() !== '',
	);
	return id === undefined ? undefined : { id, name: (name as string | undefined) ?? id };
};

/**
 * The dial tasks in an answer, whichever of the likely shapes it has.
 * @returns undefined when there is no list of tasks in it
 */
export const readTaskPage = (body: unknown): Task[] | undefined => {
	const list = listIn(body);
	const tasks = list?.map(taskIn).filter((task) => task !== undefined);
	return tasks && list && (tasks.length > 0 || list.length === 0) ? tasks : undefined;
};
