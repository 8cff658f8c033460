import type { INodeProperties } from 'n8n-workflow';

export const parallelRequestsOption: INodeProperties = {
	displayName: 'Parallel Requests',
	name: 'parallelRequests',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 10 },
	default: 4,
	description:
		'How many requests may be under way at a time, in all workflows that use this account together',
};

export const binaryPropertyOption: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	placeholder: 'e.g. data',
	default: 'data',
	hint: 'The name of the output binary field to put the file in',
	description: 'Name of the binary field that holds the file',
};

export const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	placeholder: 'e.g. calls of June',
	default: '',
	description: 'Name of the file, without its extension. Empty: one is made up.',
};
