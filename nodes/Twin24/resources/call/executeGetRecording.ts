import { DateTime } from 'luxon';
import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import type { Row } from '../../paging/page';
import { download } from '../../transport/download';
import { createRequester } from '../../transport/request';
import { fileItem, storeFile } from './files/storeFile';
import { findCall } from './findCall';
import { failedItem } from './nodeError';
import { requestTemplate } from './requestTemplate';
import { binaryPropertyOf, fileNameOf } from './values/file';
import { ParameterError } from './values/parameterError';
import { recordingOf, webAddressOf } from './values/recording';
import { wholeNumberOf } from './values/selection';

/** What an item tells of the call beside its recording. */
export const RECORDING_FIELDS = [
	'id',
	'phone',
	'startedAt',
	'createdAt',
	'status',
	'duration',
	'recordPath',
];

/** Runs `getRecording` for one input item: one item with the mp3. */
export async function executeGetRecording(
	this: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const itemIndex = this.getItemIndex();
	try {
		const option = (name: string, fallback: unknown) =>
			this.getNodeParameter(`options.${name}`, fallback);
		const recording = recordingOf(this.getNodeParameter('recording', ''));
		const givenName = fileNameOf(option('fileName', ''));
		const property = binaryPropertyOf(option('binaryPropertyName', 'data'));
		const turn = {
			parallelRequests: wholeNumberOf('Parallel Requests', option('parallelRequests', 4), 1, 10),
			order: itemIndex,
		};
		const template = requestTemplate.call(this, options);

		let json: IDataObject;
		let ownName: string;
		if ('id' in recording) {
			const requester = await createRequester(this, turn);
			const call = await findCall(requester, template, 'Recording', recording.id, RECORDING_FIELDS);
			json = { ...(call as IDataObject), recordPath: addressIn(call) };
			ownName = nameOfCall(call, this.getTimezone());
		} else {
			json = { recordPath: recording.url };
			ownName = nameOfUrl(recording.url);
		}

		const name = `${givenName ?? ownName}.mp3`;
		const { proxy, skipSslCertificateValidation, timeout } = template;
		const request = {
			url: json.recordPath as string,
			proxy,
			skipSslCertificateValidation,
			timeout,
		};
		const binary = await download(
			this,
			request,
			turn,
			async (content) => await storeFile.call(this, { name, mimeType: 'audio/mpeg', content }),
		);
		return [fileItem({ ...json, name }, property, binary, itemIndex)];
	} catch (error) {
		return failedItem.call(this, error);
	}
}

/** @throws ParameterError when the call has no recording */
const addressIn = ({ id, status, recordPath }: Row): string => {
	if (recordPath === undefined || recordPath === null || recordPath === '') {
		const why =
			typeof status === 'string' && status !== 'ANSWERED' ? ` (its status is ${status})` : '';
		throw new ParameterError(
			'Recording',
			`names a call without a recording${why}: ${id}`,
			'Only answered calls are recorded. To pass over the others, filter by the field "recordPath" first.',
		);
	}
	return webAddressOf('Recording', recordPath);
};

/** Whom and when: `79991234567_2026-06-29_11-44-26`, in the workflow's time zone. */
const nameOfCall = ({ id, phone, startedAt, createdAt }: Row, zone: string): string => {
	const when = DateTime.fromISO(String(startedAt ?? createdAt), { zone });
	const who = String(phone ?? '').replace(/\D/g, '') || id;
	return when.isValid ? `${who}_${when.toFormat('yyyy-MM-dd_HH-mm-ss')}` : who;
};

/** The day and the ID that TWIN24's addresses end in: `…/2026/06/29/99c5….mp3`; or just the last part. */
const nameOfUrl = (url: string): string => {
	const { pathname } = new URL(url);
	const last = pathname.split('/').at(-1) ?? '';
	const [, year, month, day] = /\/(\d{4})\/(\d{2})\/(\d{2})\/[^/]*$/.exec(pathname) ?? [];
	const name =
		readable(last)
			.replace(/\.\w{1,4}$/, '')
			.replace(/[/\\\p{Cc}]/gu, '_')
			.slice(0, 100) || 'recording';
	return year ? `${year}-${month}-${day}_${name}` : name;
};

const readable = (encoded: string): string => {
	try {
		return decodeURIComponent(encoded);
	} catch {
		return encoded;
	}
};
