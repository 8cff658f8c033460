import type { Values } from '../../../parameters/parameter';
import type { CallQuery } from '../../../report/query';
import type { CallSelection } from '../../../report/search';
import type { Requester } from '../../../transport/request';
import type { Run } from '../../operation';
import type { searchOptions } from './parameters';

/** A search for one input item: everything that its parameters say, checked. */
export interface Search extends Run {
	requester: Requester;
	query: CallQuery;
	selection: CallSelection;
	options: SearchOptions;
	/** IANA name of the zone in which times are shown. */
	zone: string;
}

export type SearchOptions = Values<{ options: typeof searchOptions }>['options'];
