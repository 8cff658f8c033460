import type { ReadParameter } from '../../parameters/parameter';
import { readPeriod } from '../../parameters/period';
import type { PeriodField } from '../../report/catalogue';
import type { CallQuery } from '../../report/query';
import { readFields } from './parameters/fieldSet';
import { readFilters } from './parameters/filters';

/** What of the options says how the period is meant. */
interface PeriodOptions {
	filterPeriodBy: PeriodField;
	timezone?: string;
}

/** The zone whose days count: the one given, or else the workflow's. IANA name. */
export const zoneOf = (
	{ timezone }: Pick<PeriodOptions, 'timezone'>,
	context: { getTimezone(): string },
): string => timezone ?? context.getTimezone();

/**
 * The calls that the parameters of an operation ask for. "Now" is taken here, once for each input item.
 *
 * @param fields that the operation needs; without them those that the user chose
 * @throws ParameterError for whatever cannot work
 */
export const readQuery = (
	read: ReadParameter,
	{ filterPeriodBy }: PeriodOptions,
	zone: string,
	fields = readFields(read),
): CallQuery => ({
	fields,
	filters: readFilters(read),
	periodField: filterPeriodBy,
	period: readPeriod(read, zone, Date.now()),
});
