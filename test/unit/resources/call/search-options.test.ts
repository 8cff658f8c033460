import type { INodeProperties } from 'n8n-workflow';

import { searchOptions } from '../../../../nodes/Twin24/resources/call/search/parameters';

const members = searchOptions.property.options as INodeProperties[];

/** The labels of the options that are not for every output. */
const offeredFor = (output: string) =>
	members
		.filter(({ displayOptions }) => displayOptions?.show?.['/output']?.includes(output))
		.map(({ displayName }) => displayName);

test.each([
	['items', ['Offset', 'Page']],
	['csv', ['CSV Format', 'File Name', 'Put Output File in Field']],
	['report', ['Archive', 'File Name', 'Put Output File in Field']],
])('a search as %s is offered no option that it does not obey', (output, labels) => {
	expect(offeredFor(output)).toEqual(labels);
});
