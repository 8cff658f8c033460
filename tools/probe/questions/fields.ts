import { ALL_FIELDS, FIELD_NAMES } from '../../../nodes/Twin24/report/catalogue';
import type { Client } from '../client';
import type { Findings } from '../findings';
import { askCalls } from '../report-api';
import { isRefusal, pageOf } from '../rows';

const EXTRA = FIELD_NAMES.filter((name) => !ALL_FIELDS.includes(name));

/** A field, and a parameter, that nobody can know. */
const UNKNOWN = 'probeUnknown';

/**
 * Which fields may be asked for. Gives those that rows will have.
 */
export async function askFields(client: Client, findings: Findings): Promise<string[]> {
	const without = await askCalls(client, { fields: undefined, limit: 1 });
	const isAnswered = pageOf(without) !== undefined;
	findings.reading('fieldsRequired', isAnswered ? false : isRefusal(without) ? true : undefined, {
		requests: [without.number],
	});
	const unknown = await askField(client, UNKNOWN);
	findings.reading(
		'unknownField',
		unknown.outcome === 'error' ? 'error' : unknown.outcome === 'noRows' ? undefined : 'ignored',
		{ requests: [unknown.number] },
	);
	const extras = [];
	for (const name of EXTRA) extras.push({ name, ...(await askField(client, name)) });
	const outcomes = new Set(extras.map(({ outcome }) => outcome));
	const [outcome] = outcomes;
	findings.reading(
		'extraFields',
		outcomes.size === 1 && outcome !== 'noRows' ? outcome : undefined,
		{
			requests: extras.map(({ number }) => number),
			note: outcomes.size > 1 ? 'The two fields are treated differently' : '',
		},
	);
	const known = extras.filter((extra) => extra.outcome === 'known').map(({ name }) => name);
	return [...ALL_FIELDS, ...known];
}

async function askField(
	client: Client,
	name: string,
): Promise<{ outcome: 'error' | 'known' | 'ignored' | 'noRows'; number: number }> {
	const answer = await askCalls(client, { fields: `id,${name}`, limit: 1 });
	const { number } = answer;
	if (isRefusal(answer)) return { outcome: 'error', number };
	const row = pageOf(answer)?.rows[0];
	if (!row) return { outcome: 'noRows', number };
	return { outcome: name in row ? 'known' : 'ignored', number };
}
