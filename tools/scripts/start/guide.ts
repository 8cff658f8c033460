import { DEMO_ACCOUNT } from '../../emulator';
import { say } from '../../n8n-host';
import type { Demo } from './demo';
import { CREDENTIAL_NAME, LOGIN } from './set-up';
import type { Twin24 } from './twin24';

/** What a line is about stands before this column. */
const INDENT = 16;

const tell = (what: string, ...lines: string[]) => {
	for (const [i, line] of lines.entries()) say((i === 0 ? what : '').padEnd(INDENT) + line);
};

/** The last lines of a start: what is there, where to begin, and how to go on. */
export function printGuide({ n8n, setting }: Demo, { name, emulated }: Twin24): void {
	const { client, search, imported, leftAlone } = setting;
	say();
	if (client) {
		tell(
			'Imported',
			imported > 0
				? `${imported} example workflows, and the credential "${CREDENTIAL_NAME}" for them`
				: 'nothing new: the examples are there since an earlier start',
		);
		if (leftAlone.length > 0)
			tell('Left as it is', `what you have changed: ${leftAlone.join(', ')}`);
		tell(
			'n8n',
			`${n8n.url}/workflow/${search}`,
			'sign in to n8n as',
			`  ${LOGIN.email}`,
			`  ${LOGIN.password}`,
		);
		tell(
			'Begin with',
			'the workflow that opens there, "TWIN24: search calls": press "Execute workflow",',
			'then double-click "Search calls" to see the calls. The note beside it says what to try next.',
		);
	} else {
		tell(
			'n8n',
			n8n.url,
			'It has a login of your own, so nothing was imported or changed: sign in as you did before.',
		);
	}
	if (!emulated) {
		tell('TWIN24', name);
	} else {
		tell(
			'TWIN24',
			`${emulated.url}  an imitation: nobody is phoned. Open it to see tasks, people and webhooks`,
			'For a credential of your own ("Twin24 API" in n8n) fill in',
			`  Email     ${DEMO_ACCOUNT.email}`,
			`  Password  ${DEMO_ACCOUNT.password}`,
			`  Use Other Addresses on, Host URL ${emulated.url}`,
		);
		tell(
			'Calls',
			'One comes by itself every half minute. To make one, in another terminal:',
			'  npm run call -- --status BUSY          (--help tells the rest)',
		);
	}
	tell('Stop', 'Ctrl-C here');
}
