/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads a file that the developer names, never published */
import { readFileSync } from 'node:fs';

import { checkedReadings } from '../../../tools/emulator';
import type { Readings as ApiReadings } from '../../../tools/emulator';
import type { Readings } from './table';

const COUNTS: Record<ApiReadings['count'], Readings['count']> = {
	total: 'total',
	capped: 'capped',
	page: 'page',
	absent: 'absent',
	oneTooMany: 'oneTooMany',
	account: 'ofAll',
};

const TIES: Record<ApiReadings['tieOrder'], Readings['ties'] | undefined> = {
	stable: 'stable',
	perPage: 'byPage',
	unstable: 'shuffled',
	// The tables here know no such order.
	aboveCap: undefined,
};

const SORTS: Record<ApiReadings['sorting'], Readings['sort']> = {
	obeyed: 'obeyed',
	ignored: 'ignored',
	directionIgnored: 'ascendingOnly',
};

/**
 * The readings that a probe has settled, as tables know them, when TWIN24_READINGS names its result;
 * none otherwise. They take the place of what a property would draw.
 */
export function probedReadings(
	file: string | undefined = process.env.TWIN24_READINGS,
): Partial<Readings> {
	if (!file) return {};
	const found = checkedReadings(JSON.parse(readFileSync(file, 'utf8')));
	const { from, to, count, tieOrder, nulls, sorting, timeless } = found;
	const mapped: { [Name in keyof Readings]?: Readings[Name] } = {
		fromInclusive: from && from === 'inclusive',
		toInclusive: to && to === 'inclusive',
		compareToTheSecond: found.compareToTheSecond,
		count: count && COUNTS[count],
		ties: tieOrder && TIES[tieOrder],
		nulls: nulls === 'first' || nulls === 'last' ? nulls : undefined,
		sort: sorting && SORTS[sorting],
		pastCap: found.pastCap,
		nullsPassOpenPeriods: timeless && timeless !== 'never',
	};
	return Object.fromEntries(Object.entries(mapped).filter(([, value]) => value !== undefined));
}
