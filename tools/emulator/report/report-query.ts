import {
	ALL_FIELDS,
	CALL_STATUSES,
	FIELD_NAMES,
	PERIOD_FIELDS,
	SORT_FIELDS,
} from '../../../nodes/Twin24/report/catalogue';
import type { PeriodField, SortField } from '../../../nodes/Twin24/report/catalogue';
import { ApiError } from '../http/reply';
import type { Readings } from '../readings';
import { SECOND, parseMicros } from '../time';
import type { Micros } from '../time';

export interface SortKey {
	field: SortField;
	descending: boolean;
}

/** A request for the calls report, checked. */
export interface ReportQuery {
	fields: string[];
	periodField: PeriodField;
	from?: Micros;
	to?: Micros;
	/** First row and number of rows. */
	start: number;
	limit: number;
	sort: SortKey[];
	filters: Filters;
	output: 'JSON' | 'CSV' | 'CSV_EXCEL' | 'EXCEL';
	filename: string;
	archive: boolean;
}

export interface Filters {
	/** Statuses as the rows carry them. */
	status?: string[];
	phone?: string;
	taskId?: string;
	ids?: string[];
	keyword?: string;
	/** Any other field, by its exact value as text. */
	others: Array<[name: string, value: string]>;
}

/** Fields with a filter of their own. */
const NAMED_FILTERS = ['id', 'phone', 'taskId', 'status'];

/** The page that comes when no `limit` is given. */
const DEFAULT_LIMIT = 10;

/** Reads the query of a request for the report. Throws an ApiError on what the API refuses. */
export function readReportQuery(query: Record<string, string>, readings: Readings): ReportQuery {
	refuseFilters(query, readings);
	const limit = readLimit(query.limit, readings);
	return {
		fields: readFields(query.fields, readings),
		periodField: readPeriodField(query.filterPeriodBy),
		from: readTime('from', query.from, readings),
		to: readTime('to', query.to, readings),
		start: readStart(query, limit, readings),
		limit,
		sort: readSort(query.sort, readings),
		filters: readFilters(query, readings),
		output: readOutput(query.output, readings),
		filename: query.filename?.trim() || 'calls',
		archive: readBoolean('archive', query.archive),
	};
}

function readFields(text: string | undefined, readings: Readings): string[] {
	if (text === undefined || text === '') {
		if (readings.fieldsRequired)
			throw new ApiError(400, 'Не указан параметр fields.', 'Перечислите поля через запятую.');
		return readings.extraFields === 'known' ? [...FIELD_NAMES] : [...ALL_FIELDS, 'dialogId'];
	}
	const wanted: string[] = [];
	for (const name of new Set(text.split(','))) {
		const known = FIELD_NAMES.includes(name);
		const everywhere = ALL_FIELDS.includes(name);
		const reading = known ? (everywhere ? 'known' : readings.extraFields) : readings.unknownField;
		if (reading === 'error')
			throw new ApiError(
				400,
				'Неизвестное поле в параметре fields.',
				`Поле «${name}» не существует.`,
			);
		if (reading === 'known') wanted.push(name);
	}
	return wanted;
}

function readPeriodField(text: string | undefined): PeriodField {
	if (text === undefined || text === '') return 'createdAt';
	const field = PERIOD_FIELDS.find((name) => name === text);
	if (!field) throw invalid('filterPeriodBy', `Недопустимое значение «${text}».`);
	return field;
}

function readTime(name: string, text: string | undefined, readings: Readings): Micros | undefined {
	if (text === undefined || text === '') return undefined;
	const micros = parseMicros(text);
	const fraction = micros === undefined ? 0 : ((micros % SECOND) + SECOND) % SECOND;
	if (micros === undefined || (text.includes('.') && readings.periodFractions === 'error')) {
		throw new ApiError(
			400,
			`Неверный формат даты в параметре ${name}.`,
			`Ожидается ISO 8601, например 2022-03-01T21:30:54+00:00; получено «${text}».`,
		);
	}
	return readings.periodFractions === 'truncated' ? micros - fraction : micros;
}

function readLimit(text: string | undefined, readings: Readings): number {
	if (text === undefined || text === '') return DEFAULT_LIMIT;
	const limit = readWhole('limit', text, 1);
	if (limit > readings.maxPageSize && readings.overLimit === 'error') {
		throw new ApiError(
			400,
			'Превышен максимальный размер страницы.',
			`Параметр limit не может быть больше ${readings.maxPageSize}.`,
		);
	}
	return Math.min(limit, readings.maxPageSize);
}

function readStart(query: Record<string, string>, limit: number, readings: Readings): number {
	const { pageFrom, pageWithOffset } = readings;
	const offset = query.offset ? readWhole('offset', query.offset, 0) : 0;
	if (!query.page) return offset;
	const paged = (readWhole('page', query.page, pageFrom) - pageFrom) * limit;
	if (!query.offset || pageWithOffset === 'pageOnly') return paged;
	if (pageWithOffset === 'error')
		throw new ApiError(
			400,
			'Некорректный запрос.',
			'Параметры page и offset нельзя передавать вместе.',
		);
	return pageWithOffset === 'offsetOnly' ? offset : offset + paged;
}

function readWhole(name: string, text: string, least: number): number {
	const number = /^-?\d+$/.test(text) ? Number(text) : NaN;
	if (!Number.isSafeInteger(number)) throw invalid(name, 'Значение должно быть целым числом.');
	if (number < least) throw invalid(name, `Значение должно быть не меньше ${least}.`);
	return number;
}

const LATEST_FIRST: SortKey[] = [{ field: 'createdAt', descending: true }];

function readSort(text: string | undefined, { sorting }: Readings): SortKey[] {
	if (text === undefined || text === '') return LATEST_FIRST;
	const keys = text.split(',').map((key) => {
		// A plus that was not URL-encoded comes as a space.
		const name = key.replace(/^[-+ ]/, '');
		const field = SORT_FIELDS.find((candidate) => candidate === name);
		if (!field)
			throw new ApiError(
				400,
				'Сортировка по указанному полю невозможна.',
				`Поле «${name}» не поддерживает сортировку.`,
			);
		return { field, descending: key.startsWith('-') && sorting !== 'directionIgnored' };
	});
	return sorting === 'ignored' ? LATEST_FIRST : keys;
}

function readFilters(query: Record<string, string>, readings: Readings): Filters {
	const obeyed = Object.fromEntries(
		Object.entries(query).filter(([name]) => !readings.filtersIgnored.includes(name)),
	);
	const others: Filters['others'] = [];
	if (readings.otherFilters === 'exact') {
		for (const name of FIELD_NAMES) {
			if (!NAMED_FILTERS.includes(name) && name in obeyed) others.push([name, obeyed[name]]);
		}
	}
	return {
		status: readStatuses(obeyed.status, readings),
		phone: obeyed.phone || undefined,
		taskId: obeyed.taskId || undefined,
		ids: readIds(obeyed.id, readings),
		keyword: obeyed.keyword || undefined,
		others,
	};
}

/** Parameters that are no filters. */
const PARAMETERS = [
	'fields',
	'from',
	'to',
	'filterPeriodBy',
	'limit',
	'offset',
	'page',
	'sort',
	'output',
	'filename',
	'archive',
];

/** Throws on a filter that this reading of the API does not take. */
function refuseFilters(query: Record<string, string>, readings: Readings): void {
	for (const name of Object.keys(query)) {
		if (PARAMETERS.includes(name)) continue;
		const isField = FIELD_NAMES.includes(name);
		const isNamed = NAMED_FILTERS.includes(name) || name === 'keyword';
		const reading = isNamed ? 'exact' : isField ? readings.otherFilters : readings.unknownFilter;
		if (reading === 'error' || readings.filtersRefused.includes(name))
			throw new ApiError(
				400,
				'Неизвестный параметр запроса.',
				`Фильтр по «${name}» не поддерживается.`,
			);
	}
}

function readIds(text: string | undefined, { idFilter }: Readings): string[] | undefined {
	if (!text) return undefined;
	if (idFilter === 'error' && text.includes(','))
		throw new ApiError(400, 'Некорректный идентификатор.', 'Параметр id принимает одно значение.');
	return idFilter === 'list' ? text.split(',') : [text];
}

const STATUSES = new Set(CALL_STATUSES.map((status) => status.value));

function readStatuses(text: string | undefined, readings: Readings): string[] | undefined {
	if (text === undefined || text === '') return undefined;
	const found: string[] = [];
	for (const value of readings.statusFilter === 'list' ? text.split(',') : [text]) {
		const status = storedStatus(value, readings);
		if (status !== undefined || readings.unknownStatus === 'matchesNothing')
			found.push(status ?? ' none');
		else if (readings.unknownStatus === 'error') {
			throw new ApiError(
				400,
				'Неизвестный статус звонка.',
				`Недопустимое значение «${value}» в параметре status.`,
			);
		}
	}
	return found.length > 0 ? found : undefined;
}

/** The status that rows carry, for a value that the filter takes. */
function storedStatus(value: string, { answered }: Readings): string | undefined {
	if (value !== 'ANSWERED' && value !== 'ANSWER') return STATUSES.has(value) ? value : undefined;
	return answered === 'both' || answered === value ? 'ANSWERED' : undefined;
}

function readOutput(text: string | undefined, { csvExcel }: Readings): ReportQuery['output'] {
	if (text === undefined || text === '') return 'JSON';
	if (text === 'CSV' || text === 'EXCEL') return text;
	if (text === 'CSV_EXCEL' && csvExcel === 'known') return text;
	if (text === 'CSV_EXCEL' && csvExcel === 'json') return 'JSON';
	throw invalid('output', `Недопустимое значение «${text}».`);
}

function readBoolean(name: string, text: string | undefined): boolean {
	if (text === undefined || text === '' || text === 'false') return false;
	if (text !== 'true') throw invalid(name, 'Значение должно быть true или false.');
	return true;
}

function invalid(name: string, why: string): ApiError {
	return new ApiError(422, 'Ошибка валидации.', { [name]: [why] });
}
