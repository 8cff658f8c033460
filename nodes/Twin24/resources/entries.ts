import type { IDataObject } from 'n8n-workflow';

/** One of the things that TWIN24 lists. */
export interface Entry {
	id: string;
	name: string;
	/** All that was said of it, its ID as text. */
	row: IDataObject;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where the list may stand in an answer: its shape is not documented. */
const LISTS = ['items', 'data', 'tasks', 'bots', 'results', 'result', 'content'];

const listIn = (body: unknown, depth = 0): unknown[] | undefined => {
	if (Array.isArray(body)) return body;
	if (!isObject(body) || depth > 2) return undefined;
	for (const key of LISTS) {
		const list = listIn(body[key], depth + 1);
		if (list) return list;
	}
	return undefined;
};

/** An ID comes as text, or as `{ "identity": "…" }`. */
export const idIn = (value: unknown): string | undefined => {
	if (typeof value === 'string' || typeof value === 'number') return String(value) || undefined;
	return isObject(value) ? (idIn(value.identity) ?? idIn(value.id)) : undefined;
};

/** One thing that an answer, or an entry of a list, describes; undefined when it has no ID. */
export const readEntry = (body: unknown): Entry | undefined => {
	if (!isObject(body)) return undefined;
	const id = idIn(body.id) ?? idIn(body.identity) ?? idIn(body.taskId);
	if (id === undefined) return readEntry(body.data);
	const name = [body.name, body.title].find(
		(text) => typeof text === 'string' && text.trim() !== '',
	);
	return {
		id,
		name: (name as string | undefined) ?? id,
		row: { ...body, id } as IDataObject,
	};
};

/**
 * The things that an answer lists, whichever of the likely shapes it has.
 * @returns undefined when there is no list of them in it
 */
export const readEntries = (body: unknown): Entry[] | undefined => {
	const list = listIn(body);
	const entries = list?.map(readEntry).filter((entry) => entry !== undefined);
	return entries && list && (entries.length > 0 || list.length === 0) ? entries : undefined;
};

/** Whether a thing has the word in its name, in any case, or is the one with that ID: the API's own search may look elsewhere, or not take place. */
export const hasWord = (keyword: string) => {
	const word = keyword.trim().toLocaleLowerCase();
	return ({ id, name }: Pick<Entry, 'id' | 'name'>) =>
		word === '' || name.toLocaleLowerCase().includes(word) || id.toLowerCase() === word;
};
