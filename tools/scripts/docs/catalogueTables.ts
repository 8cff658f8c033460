import { CALL_FIELDS, CALL_STATUSES } from '../../../nodes/Twin24/report/catalogue';
import type { CallField, CallFieldType } from '../../../nodes/Twin24/report/catalogue';
import { RUSSIAN_FIELDS, RUSSIAN_STATUSES } from './russian';

/** A document with tables of the catalogue, and how it speaks. */
export interface CatalogueDocument {
	/** Path in the repository. */
	path: string;
	fields: string[];
	statuses: string[];
}

const row = (cells: string[]) => `| ${cells.join(' | ')} |`;

const table = (head: string[], rows: string[][]) => [
	row(head),
	`|${'---|'.repeat(head.length)}`,
	...rows.map(row),
];

const code = (text: string) => `\`${text}\``;

const ENGLISH_TYPES: Record<CallFieldType, string> = {
	string: 'text',
	number: 'number',
	boolean: 'true or false',
	dateTime: 'time, as text',
	array: 'list',
};

const RUSSIAN_TYPES: Record<CallFieldType, string> = {
	string: 'текст',
	number: 'число',
	boolean: 'true или false',
	dateTime: 'время, текстом',
	array: 'список',
};

/** The smallest set that a field is in. */
const setOf = (
	{ simplified, notEverywhere }: CallField,
	[simple, all, selected]: readonly [string, string, string],
) => (simplified ? simple : notEverywhere ? selected : all);

/** @throws Error for a word that nobody has translated yet */
const inRussian = (words: Record<string, string>, name: string): string => {
	if (name in words) return words[name];
	throw new Error(`tools/scripts/docs/russian.ts has no words for "${name}"`);
};

/** The documents that show what fields and statuses a call has, with their tables as lines. */
export const catalogueDocuments = (): CatalogueDocument[] => [
	{
		path: 'README.md',
		fields: table(
			['Field', 'In the editor', 'What it is', 'Type', 'Smallest set'],
			CALL_FIELDS.map((field) => [
				code(field.name),
				field.label,
				field.description,
				ENGLISH_TYPES[field.type],
				setOf(field, ['Simplified', 'All Fields', 'Selected Fields only']),
			]),
		),
		statuses: table(
			['Status', 'In the editor', 'What it means', 'Final'],
			CALL_STATUSES.map(({ value, label, description, final }) => [
				code(value),
				label,
				description,
				final ? 'yes' : 'no',
			]),
		),
	},
	{
		path: 'docs/ru/README.md',
		fields: table(
			['Поле', 'В редакторе', 'Что это', 'Тип', 'Наименьший набор'],
			CALL_FIELDS.map((field) => [
				code(field.name),
				field.label,
				inRussian(RUSSIAN_FIELDS, field.name),
				RUSSIAN_TYPES[field.type],
				setOf(field, ['Simplified', 'All Fields', 'только Selected Fields']),
			]),
		),
		statuses: table(
			['Статус', 'В редакторе', 'Что значит', 'Окончательный'],
			CALL_STATUSES.map(({ value, label, final }) => [
				code(value),
				label,
				inRussian(RUSSIAN_STATUSES, value),
				final ? 'да' : 'нет',
			]),
		),
	},
];

/**
 * Puts the tables between their markers, `<!-- fields:begin … -->` and `<!-- fields:end -->`.
 * @throws Error when a document has lost them
 */
export const withTables = (text: string, { path, fields, statuses }: CatalogueDocument): string =>
	[
		['fields', fields] as const,
		['statuses', statuses] as const,
	].reduce((before, [name, lines]) => {
		const begin = `<!-- ${name}:begin (npm run docs:fields) -->`;
		const end = `<!-- ${name}:end -->`;
		const [first, last] = [before.indexOf(begin), before.indexOf(end)];
		if (first < 0 || last < first) {
			throw new Error(`${path} has lost its markers: ${begin} … ${end}`);
		}
		return `${before.slice(0, first)}${begin}\n\n${lines.join('\n')}\n\n${before.slice(last)}`;
	}, text);
