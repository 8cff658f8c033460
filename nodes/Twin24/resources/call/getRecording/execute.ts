import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { fileItem, storeFile } from '../../../files/binary';
import type { Row } from '../../../paging/page';
import { readOne } from '../../../parameters/parameter';
import { ParameterError } from '../../../parameters/parameterError';
import { download } from '../../../transport/download';
import { operation } from '../../operation';
import type { Run } from '../../operation';
import { findCall } from '../findCall';
import { recordingOptions } from './description';
import { recording, webAddressOf } from './recording';
import type { Recording } from './recording';

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
export const executeGetRecording = operation(async (run) => {
	const { context, read, itemIndex, connection } = run;
	const wanted = readOne(read, recording);
	const { fileName, binaryPropertyName, parallelRequests } = readOne(read, recordingOptions);

	const { json, url, ownName } = await locate(run, wanted, parallelRequests);
	const name = `${fileName ?? ownName}.mp3`;
	const priority = { parallelRequests, order: itemIndex, connection };
	const binary = await download(
		context,
		url,
		priority,
		async (content) => await storeFile(context, { name, mimeType: 'audio/mpeg', content }),
	);
	return [fileItem({ ...json, name }, binaryPropertyName, binary)];
});

/** What is known of a recording: where it is, what its item tells, and how its file is called by itself. */
const locate = async (run: Run, wanted: Recording, parallelRequests: number) => {
	if ('url' in wanted) {
		const { url } = wanted;
		return { url, json: { recordPath: url }, ownName: nameOfUrl(url) };
	}
	const call = await findCall(run, {
		parameter: recording.property.displayName,
		id: wanted.id,
		fields: RECORDING_FIELDS,
		parallelRequests,
	});
	const url = addressIn(call);
	const json = { ...(call as IDataObject), recordPath: url };
	return { url, json, ownName: nameOfCall(call, run.context.getTimezone()) };
};

/** @throws ParameterError when the call has no recording */
const addressIn = ({ id, status, recordPath }: Row): string => {
	if (recordPath === undefined || recordPath === null || recordPath === '') {
		const why =
			typeof status === 'string' && status !== 'ANSWERED' ? ` (its status is ${status})` : '';
		throw new ParameterError(
			recording.property.displayName,
			`names a call without a recording${why}: ${id}`,
			'Only answered calls are recorded. To pass over the others, filter by the field "recordPath" first.',
		);
	}
	return webAddressOf(recording.property.displayName, recordPath);
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
