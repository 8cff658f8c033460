import { DateTime } from 'luxon';
import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { splitByRows } from '../../paging/splitByRows';
import type { CountedSlice } from '../../paging/splitByRows';
import { calendarSlices, startOfUnit } from '../../paging/calendar';
import type { Period } from '../../paging/page';
import type { ClosedPeriod } from '../../paging/windows';
import { createRequester } from '../../transport/request';
import type { CallQuery } from './callQuery';
import { periodIn } from './callQuery';
import { countCalls } from './countCalls';
import type { CallCount } from './countCalls';
import { failedItem } from './nodeError';
import { requestTemplate } from './requestTemplate';
import { resolveZone } from './values/period';
import { wholeNumberOf } from './values/selection';
import { admitByCalls, admitCalendar, splitOf } from './values/split';
import type { Split } from './values/split';

/** Runs `count` for one input item: one item per slice. */
export async function executeCount(
	this: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const itemIndex = this.getItemIndex();
	try {
		const query = options.qs as CallQuery;
		const zone = resolveZone(this.getNodeParameter('options.timezone', ''), this.getTimezone());
		const split = splitOf(
			this.getNodeParameter('splitBy', 'none'),
			this.getNodeParameter('maxCallsPerSlice', 50_000),
		);
		const parallel = this.getNodeParameter('options.parallelRequests', 4);
		const parallelRequests = wholeNumberOf('Parallel Requests', parallel, 1, 10);
		const period = periodIn(query);
		if (isClosed(period)) admit(period, split, zone);

		const requester = await createRequester(this, { parallelRequests, order: itemIndex });
		const calls = countCalls(
			requester,
			requestTemplate.call(this, options),
			query,
			parallelRequests,
		);
		const closed = isClosed(period) ? period : await close(period, calls, split, zone);
		const slices = await countSlices(closed, calls, split, zone);
		const iso = (moment: number) =>
			DateTime.fromMillis(moment, { zone }).toISO({ suppressMilliseconds: true });
		return slices.map(({ from, to, count }) => ({
			json: { from: iso(from), to: iso(to), count },
			pairedItem: { item: itemIndex },
		}));
	} catch (error) {
		return failedItem.call(this, error);
	}
}

const isClosed = (period: Period): period is ClosedPeriod => period.from !== undefined;

/** The unit that a calendar splits by. */
const unitOf = ({ by }: Split) => (by === 'none' || by === 'maxCalls' ? undefined : by);

const admit = (period: ClosedPeriod, split: Split, zone: string): void => {
	const unit = unitOf(split);
	if (unit) admitCalendar(period, unit, zone);
};

/** All time begins with the hour, day, … of the first call; without any call, with that of now. */
const close = async (
	{ to }: Period,
	calls: CallCount,
	split: Split,
	zone: string,
): Promise<ClosedPeriod> => {
	const first = await calls.first();
	const closed = {
		from: startOfUnit(Math.min(first ?? to, to - 1), unitOf(split) ?? 'day', zone),
		to,
	};
	admit(closed, split, zone);
	return closed;
};

const countSlices = async (
	period: ClosedPeriod,
	calls: CallCount,
	split: Split,
	zone: string,
): Promise<CountedSlice[]> => {
	const unit = unitOf(split);
	const slices = unit ? calendarSlices(period, unit, zone) : [period];
	const counts = await calls.count(slices);
	const counted = slices.map((slice, index) => ({ ...slice, count: counts[index] }));
	if (split.by !== 'maxCalls') return counted;
	admitByCalls(counts[0], split.most);
	return await splitByRows(counted[0], split.most, calls.count, calls.reading);
};
