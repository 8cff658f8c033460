import { parseMicros } from '../emulator/time';
import type { Answer } from './client';

/** A call as far as the API shows it. */
export type Row = Record<string, unknown>;

/** What a page of the report says; undefined when the answer is a refusal or no such page. */
export interface Page {
	/** As it stands there; undefined: none. */
	count: number | undefined;
	rows: Row[];
	/** Whether `items` is null. */
	isNull: boolean;
}

/** The page that an answer holds. */
export function pageOf({ status, json }: Pick<Answer, 'status' | 'json'>): Page | undefined {
	if (status !== 200 || typeof json !== 'object' || json === null || !('items' in json))
		return undefined;
	const { count, items } = json as { count?: unknown; items: unknown };
	if (items !== null && !Array.isArray(items)) return undefined;
	return {
		count: typeof count === 'number' ? count : undefined,
		rows: (items ?? []) as Row[],
		isNull: items === null,
	};
}

/** Whether the API said no to the parameters. */
export const isRefusal = ({ status }: Pick<Answer, 'status'>): boolean =>
	[400, 404, 405, 413, 422].includes(status);

export const idOf = (row: Row): string => String(row.id);

export const idsOf = (rows: readonly Row[]): string[] => rows.map(idOf);

/** A time of a row in microseconds; NaN where it has none. */
export function timeOf(row: Row, field: string): number {
	const value = row[field];
	return typeof value === 'string' ? (parseMicros(value) ?? NaN) : NaN;
}

/** Whether two answers hold the same rows, in whatever order. */
export function sameSet(left: readonly string[], right: readonly string[]): boolean {
	const wanted = new Set(right);
	return left.length === right.length && left.every((id) => wanted.has(id));
}

/** Whether two answers hold the same rows in the same order. */
export const sameList = (left: readonly string[], right: readonly string[]): boolean =>
	left.length === right.length && left.every((id, i) => id === right[i]);
