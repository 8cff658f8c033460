import { readOne } from '../../../parameters/parameter';
import { writtenMoment } from '../../../parameters/period';
import { countCalls } from '../../../report/count';
import { createRequester } from '../../../transport/request';
import { operation } from '../../operation';
import { readQuery, zoneOf } from '../readQuery';
import { countOptions, maxCallsPerSlice, splitBy } from './parameters';
import { admitCalendar, countSlices } from './slices';

/** Runs `count` for one input item: one item per slice. */
export const executeCount = operation(async ({ context, read, itemIndex, connection }) => {
	const options = readOne(read, countOptions);
	const zone = zoneOf(options, context);
	const by = readOne(read, splitBy);
	const most = by === 'maxCalls' ? readOne(read, maxCallsPerSlice) : Infinity;
	// A count needs no fields but those by which calls are told apart.
	const query = readQuery(read, options, zone, []);
	admitCalendar(query.period, { by, most, zone });

	const { parallelRequests } = options;
	const requester = await createRequester(context, {
		parallelRequests,
		order: itemIndex,
		connection,
	});
	const calls = countCalls(requester, query, parallelRequests);
	const period = query.filters.ids.length > 0 ? undefined : query.period;
	const slices = await countSlices(period, { by, most, zone }, calls);
	return slices.map(({ from, to, count }) => ({
		json: { from: writtenMoment(from, zone), to: writtenMoment(to, zone), count },
	}));
});
