import type { IDataObject } from 'n8n-workflow';

import { readOne } from '../../../parameters/parameter';
import { operation } from '../../operation';
import { findCall } from '../findCall';
import { readFields } from '../parameters/fieldSet';
import { callId, getOptions } from './parameters';

/** Runs `get` for one input item: the call, or an error that names the ID. */
export const executeGet = operation(async (run) => {
	const id = readOne(run.read, callId);
	const fields = readFields(run.read);
	const options = readOne(run.read, getOptions);
	const parameter = callId.property.displayName;
	const call = await findCall(run, { parameter, id, fields, ...options });
	const json = Object.fromEntries(
		fields.filter((name) => name in call).map((name) => [name, call[name]]),
	);
	return [{ json: json as IDataObject }];
});
