/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a command on the developer's machine, never published */
import { parseArgs } from 'node:util';

import { ParameterError } from '../../../nodes/Twin24/parameters/parameterError';
import { phoneOf } from '../../../nodes/Twin24/parameters/phone';
import { CALL_STATUSES } from '../../../nodes/Twin24/report/catalogue';
import type { CallResult } from '../../emulator';
import { Advice } from '../../n8n-host';

/** The results that a call can end with. */
const ENDS = CALL_STATUSES.filter(({ final }) => final);

/** What `npm run call -- --help` prints. */
export const HELP = `Makes one call in the running demo (npm start): it has ended, stands in the report, and the webhooks of
its task tell of it. What is left out is drawn.

Usage: npm run call -- [--status BUSY] [--phone "+7 999 999-99-99"] [--external-id lead-17]
                       [--dialog-results "Call back"]

  --status          how it ended: ${ENDS.map(({ value }) => value).join(', ')}
  --phone           who was called, in any usual way
  --external-id     your own ID of the person
  --dialog-results  what the bot noted; the call is answered then, unless --status says otherwise

Of several demos, TWIN24_PORT=5678 names the one whose n8n has that port.
`;

const OPTIONS = {
	status: { type: 'string' },
	phone: { type: 'string' },
	'external-id': { type: 'string' },
	'dialog-results': { type: 'string' },
	help: { type: 'boolean' },
} as const;

/**
 * The call that the arguments describe, or that help is wanted.
 *
 * @throws Advice for what is no option, no status, no phone number
 */
export function readCall(args: string[]): CallResult | 'help' {
	const given = parsed(args);
	if (given.help) return 'help';
	const { status, phone } = given;
	const dialogResults = given['dialog-results'];
	return {
		status: status === undefined ? dialogResults && 'ANSWERED' : statusOf(status),
		phone: phone === undefined ? undefined : dialled(phone),
		externalId: given['external-id'],
		dialogResults,
	};
}

function parsed(args: string[]) {
	try {
		return parseArgs({ args, options: OPTIONS }).values;
	} catch (error) {
		const [sentence] = (error as Error).message.split('. ');
		throw new Advice(`${sentence.replace(/\.$/, '')}. npm run call -- --help tells what there is.`);
	}
}

function statusOf(text: string): string {
	const wanted = text.trim().toUpperCase();
	const found = ENDS.find(({ value, label }) => value === wanted || label.toUpperCase() === wanted);
	if (found) return found.value;
	throw new Advice(
		`A call cannot end with "${text}". --status takes ${ENDS.map(({ value }) => value).join(', ')}.`,
	);
}

function dialled(text: string): string {
	try {
		return phoneOf('--phone', text);
	} catch (error) {
		if (!(error instanceof ParameterError)) throw error;
		throw new Advice(`--phone is not a phone number: "${text}". Give it as +7 999 999-99-99.`);
	}
}
