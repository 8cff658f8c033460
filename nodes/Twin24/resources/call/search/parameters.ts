import { options } from '../../../parameters/collection';
import { binaryPropertyName, fileName } from '../../../parameters/file';
import { choice, flag, wholeNumber } from '../../../parameters/kinds';
import { parallelRequests } from '../../../parameters/parallelRequests';
import type { Parameter } from '../../../parameters/parameter';
import { timezone } from '../../../parameters/timezone';
import { filterPeriodBy } from '../parameters/filterPeriodBy';
import { sortBy, sortDirection } from '../parameters/sort';

/** The parameters that only a search has. */

export const output = choice({
	displayName: 'Output As',
	name: 'output',
	options: [
		{ name: 'Items', value: 'items', description: 'One item per call, up to 100,000 calls' },
		{
			name: 'CSV File',
			value: 'csv',
			description: 'One file with a line per call, for any number of calls',
		},
		{
			name: 'TWIN24 Report Files',
			value: 'report',
			description:
				'The files that TWIN24 itself makes, CSV or Excel: all calls of the period, at most 1,000 in a file',
		},
	],
	default: 'items',
	description: 'In which form to return the calls',
});

export const reportFormat = choice({
	displayName: 'Report Format',
	name: 'reportFormat',
	displayOptions: { show: { output: ['report'] } },
	options: [
		{ name: 'CSV', value: 'CSV' },
		{ name: 'Excel', value: 'EXCEL' },
	],
	default: 'CSV',
	description: 'The kind of file to have TWIN24 make',
});

/** Only where the output is one of these. */
const onlyFor = <T>(outputs: string[], { property, check }: Parameter<T>): Parameter<T> => ({
	property: {
		...property,
		displayOptions: { show: { ...property.displayOptions?.show, '/output': outputs } },
	},
	check,
});

const archive = flag({
	displayName: 'Archive',
	name: 'archive',
	default: false,
	description: 'Whether to have TWIN24 zip each file',
});

const csvFormat = choice({
	displayName: 'CSV Format',
	name: 'csvFormat',
	options: [
		{
			name: 'Excel (Semicolon)',
			value: 'excel',
			description: 'Opens by double-click in a Russian or European Excel',
		},
		{
			name: 'Excel (Comma)',
			value: 'excelComma',
			description: 'Opens by double-click in an English Excel',
		},
		{
			name: 'Standard',
			value: 'standard',
			description: "For programs and n8n's Extract From File: comma, values as they are",
		},
	],
	default: 'excel',
	description: 'For whom the file is',
});

const offset = wholeNumber({
	displayName: 'Offset',
	name: 'offset',
	min: 0,
	default: 0,
	description:
		'How many calls to skip from the start, e.g. 10 for all but the first ten. Added to what Page skips.',
});

const page = wholeNumber({
	displayName: 'Page',
	name: 'page',
	min: 1,
	default: 1,
	displayOptions: { show: { '/returnAll': [false] } },
	description: 'Which page of Limit calls to return, e.g. 3 with Limit 100 for calls 201 to 300',
});

export const searchOptions = options(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	{
		archive: onlyFor(['report'], archive),
		csvFormat: onlyFor(['csv'], csvFormat),
		fileName: onlyFor(['csv', 'report'], fileName),
		filterPeriodBy,
		offset: onlyFor(['items'], offset),
		page: onlyFor(['items'], page),
		parallelRequests,
		binaryPropertyName: onlyFor(['csv', 'report'], binaryPropertyName),
		sortBy,
		sortDirection,
		timezone,
	},
);
