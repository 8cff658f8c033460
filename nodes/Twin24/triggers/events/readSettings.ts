import type { ReadParameter } from '../../parameters/parameter';
import { readOne } from '../../parameters/parameter';
import type { EventName } from './eventTypes';
import type { IpRange } from './ipRange';
import { events, eventsOptions, output } from './parameters';

export interface EventsSettings {
	/** One or more. */
	wanted: EventName[];
	output: 'simplified' | 'raw';
	/** None: everybody may post. */
	addresses: IpRange[];
}

/** The trigger's parameters, checked. @throws ParameterError */
export const readSettings = (read: ReadParameter): EventsSettings => ({
	wanted: readOne(read, events),
	output: readOne(read, output),
	addresses: readOne(read, eventsOptions).ipWhitelist,
});
