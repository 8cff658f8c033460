import { ApiError } from '../http/reply';

type Row = Record<string, unknown>;

/**
 * A page of one of the platform's lists: `limit`, and `offset` or `page` (from 0, never both),
 * `sort` by any text or number of the rows.
 *
 * @param defaultLimit rows when no limit is sent
 */
export function pageOf<T extends object>(
	found: readonly T[],
	query: Record<string, string>,
	defaultLimit: number,
): { count: number; page: T[] } {
	if (query.page && query.offset)
		throw invalid('page', 'Параметры page и offset нельзя передавать вместе.');
	const limit = whole('limit', query.limit, defaultLimit, 1, 1000);
	const start =
		whole('page', query.page, 0, 0, 1e6) * limit + whole('offset', query.offset, 0, 0, 1e9);
	const rows = sorted(found, query.sort ?? '');
	return { count: found.length, page: rows.slice(start, start + limit) };
}

function sorted<T extends object>(rows: readonly T[], sort: string): T[] {
	const name = sort.replace(/^[-+ ]/, '');
	const sign = sort.startsWith('-') ? -1 : 1;
	const key = (row: T) => String((row as Row)[name] ?? '');
	return name === ''
		? [...rows]
		: [...rows].sort((a, b) => sign * key(a).localeCompare(key(b), 'ru'));
}

function whole(
	name: string,
	text: string | undefined,
	fallback: number,
	least: number,
	most: number,
): number {
	if (text === undefined || text === '') return fallback;
	const fits = /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
	if (!fits) throw invalid(name, 'Недопустимое значение.');
	return Number(text);
}

const invalid = (name: string, why: string) =>
	new ApiError(422, 'Ошибка валидации.', { [name]: [why] });
