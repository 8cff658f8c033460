import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

import { options } from '../../../parameters/collection';
import { binaryPropertyName, fileName } from '../../../parameters/file';
import { parallelRequests } from '../../../parameters/parallelRequests';
import { recording } from './recording';

export const recordingOptions = options(
	{ displayName: 'Options', name: 'options', placeholder: 'Add Option' },
	{
		fileName: {
			...fileName,
			property: {
				...fileName.property,
				description:
					'Name of the file, without its extension. Empty: phone number and date of the call.',
			},
		},
		parallelRequests,
		binaryPropertyName,
	},
);

export const getRecordingDescription: INodeProperties[] = updateDisplayOptions(
	{ show: { resource: ['call'], operation: ['getRecording'] } },
	[recording.property, recordingOptions.property],
);
