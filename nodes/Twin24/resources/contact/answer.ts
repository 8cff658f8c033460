import type { GenericValue, IDataObject } from 'n8n-workflow';

import { idIn } from '../entries';
import type { Person } from './person';

/** What TWIN24 said of one person: taken, refused, or nothing that tells. */
export type Said =
	| { kind: 'taken'; candidateId: string | null; response: GenericValue | IDataObject }
	| { kind: 'refused'; words: string }
	| { kind: 'unknown'; words: string };

type Entry = Record<string, unknown>;

const isEntry = (value: unknown): value is Entry =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where refusals of single people may stand in an answer. */
const REFUSALS = ['errors', 'refused', 'rejected', 'invalid', 'failed', 'failures'];

/**
 * What the answer to a request with some people says of each of them, in their order. What the answer
 * looks like is not documented; these readings are told apart: nothing or an empty list (taken), a list
 * of IDs in the order sent, `{ count }`, a list of refusals, the ID of one person.
 *
 * @returns undefined when it is no answer of TWIN24's at all
 */
export const readAnswer = (body: unknown, people: readonly Person[]): Said[] | undefined => {
	if (isNothing(body)) return people.map(() => taken(null, null));
	if (Array.isArray(body)) return ofList(body, people);
	if (!isEntry(body)) return undefined;
	if (body.success === false || typeof body.error === 'string')
		return people.map(() => unknown(`TWIN24 answered ${shortened(body)}`));
	const refusals = REFUSALS.map((key) => body[key]).find((value) => !isNothing(value));
	if (refusals !== undefined) return ofRefusals(refusals, body, people);
	const { count } = body;
	if (typeof count === 'number' && count < people.length)
		return people.map(() =>
			unknown(`TWIN24 took ${count} of ${people.length} people and does not say which`),
		);
	const list = [body.items, body.data].find(Array.isArray);
	if (list && list.length > 0) return ofList(list, people);
	const id = people.length === 1 ? (idIn(body.id) ?? null) : null;
	return people.map(() => taken(id, body as IDataObject));
};

const taken = (candidateId: string | null, response: GenericValue | IDataObject): Said => ({
	kind: 'taken',
	candidateId,
	response,
});

const unknown = (words: string): Said => ({ kind: 'unknown', words });

const isNothing = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	(Array.isArray(value) && value.length === 0) ||
	(isEntry(value) && Object.keys(value).length === 0);

/** One entry for each person, in the order sent; by fewer it is not told who is left out. */
const ofList = (list: readonly unknown[], people: readonly Person[]): Said[] => {
	if (list.length !== people.length)
		return people.map(() =>
			unknown(
				`TWIN24 answered for ${list.length} of ${people.length} people and does not say for which`,
			),
		);
	return list.map((entry) => {
		const id = isEntry(entry) ? idIn(entry.id) : undefined;
		const words = isEntry(entry) && id === undefined ? wordsOf(entry) : undefined;
		if (words !== undefined) return { kind: 'refused', words };
		return taken(id ?? null, entry as IDataObject);
	});
};

/**
 * Those who are named as refused were; the others were taken, if the numbers agree. Where one refusal
 * names nobody whom we know, it may be about anybody.
 */
const ofRefusals = (refusals: unknown, body: Entry, people: readonly Person[]): Said[] => {
	const entries = entriesOf(refusals);
	const refused = new Map<number, string>();
	for (const [key, entry] of entries) {
		const index = personIn(key, entry, people);
		if (index === undefined)
			return people.map(() => unknown(`TWIN24 refused some: ${shortened(refusals)}`));
		refused.set(index, wordsOf(entry) ?? shortened(entry));
	}
	const { count } = body;
	if (typeof count === 'number' && count + refused.size < people.length)
		return people.map(() =>
			unknown(
				`TWIN24 took ${count} of ${people.length} people and refused ${refused.size}: ${shortened(refusals)}`,
			),
		);
	return people.map((_, index) => {
		const words = refused.get(index);
		return words === undefined ? taken(null, null) : { kind: 'refused', words };
	});
};

/**
 * Whom the refusal of a whole request names, by their places among those sent, and what it says of
 * each. What refusals look like is documented no further than `error` and `details`, and places are
 * taken to count from 0; where it names nobody whom we know, the map is empty.
 *
 * @param body of the answer with an error status
 */
export const readRefusal = (body: unknown, people: readonly Person[]): Map<number, string> => {
	const named = new Map<number, string>();
	if (!isEntry(body)) return named;
	for (const key of ['details', 'error', 'message', ...REFUSALS]) {
		for (const [place, entry] of isNothing(body[key]) ? [] : entriesOf(body[key])) {
			// A bare number may count the refusals and not the people: `batch.3.phone` does not.
			const index = personIn(/^\d+$/.test(place) ? '' : place, entry, people);
			if (index !== undefined && !named.has(index))
				named.set(index, wordsOf(entry) ?? shortened(entry));
		}
	}
	return named;
};

/** A list, or an object by the places of those it is about (`batch.3.phone`). */
const entriesOf = (refusals: unknown): Array<[key: string, entry: unknown]> => {
	if (Array.isArray(refusals)) return refusals.map((entry) => ['', entry]);
	return isEntry(refusals) ? Object.entries(refusals) : [['', refusals]];
};

/** Whom a refusal is about: by external ID, else by number, else by place, else by a number in its words. */
const personIn = (key: string, entry: unknown, people: readonly Person[]): number | undefined => {
	const said = isEntry(entry) ? entry : {};
	const externalId = said.clientExternalId ?? said.externalId;
	if (externalId !== undefined) return only(people, (one) => one.externalId === String(externalId));
	if (said.phone !== undefined) {
		const numbers = [said.phone].flat().map(String);
		return only(people, ({ phones }) => phones.some((phone) => numbers.includes(phone)));
	}
	const place = said.index ?? /(?:^|\.)(\d+)(?:\.|$)/.exec(key)?.[1];
	if (place === undefined) return numberIn(wordsOf(entry) ?? '', people);
	const index = Number(place);
	return Number.isInteger(index) && index >= 0 && index < people.length ? index : undefined;
};

/** Whose number stands in some words. */
const numberIn = (words: string, people: readonly Person[]): number | undefined => {
	const numbers: string[] = words.match(/\d{10,15}/g) ?? [];
	return only(people, ({ phones }) => phones.some((phone) => numbers.includes(phone)));
};

/** The index of the one who fits; undefined when there is none, or more than one. */
const only = (people: readonly Person[], fits: (person: Person) => boolean): number | undefined => {
	const indexes = people.flatMap((person, index) => (fits(person) ? [index] : []));
	return indexes.length === 1 ? indexes[0] : undefined;
};

const wordsOf = (entry: unknown): string | undefined => {
	if (typeof entry === 'string') return entry;
	if (Array.isArray(entry)) return entry.map(String).join('; ');
	if (!isEntry(entry)) return undefined;
	const words = [entry.error, entry.message, entry.reason].find((text) => typeof text === 'string');
	return words as string | undefined;
};

const shortened = (value: unknown): string => {
	const text = JSON.stringify(value);
	return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};
