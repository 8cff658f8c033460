import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { RunResult } from '../../../../tools/n8n-engine';
import type { Setting } from '../../support/setting';

/** Leads, each with an ID and a number of its own. */
export const leads = (count: number, from = 0): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({
		id: `lead-${from + index}`,
		phone: `+7 900 ${String(1_000_000 + from + index)}`,
	}));

/** What the node is set to for leads. */
export const leadParameters: INodeParameters = {
	resource: 'contact',
	phone: '={{ $json.phone }}',
	externalId: '={{ $json.id }}',
};

/** A resource locator as the editor saves it. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A task that has had people, so that it takes more at once. */
export const openTask = ({ twin24 }: Setting): string =>
	twin24.tasks.find(({ status }) => status === 'PAUSED')!.id;

/** External IDs by what TWIN24 did with them, as its ledger says. */
export const ledgerOf = ({ twin24 }: Setting) => {
	const { sent, people } = twin24.dialler.ledger();
	return {
		/** How often each was sent in requests that were not refused as a whole. */
		timesSent: new Map(
			people.map(({ person }) => [
				person,
				sent.filter(({ externalId, verdict }) => externalId === person && verdict !== 'refused')
					.length,
			]),
		),
		accepted: people.filter(({ accepted }) => accepted > 0).map(({ person }) => person),
	};
};

/** All that a run says of errors: of the items, and of the run itself. */
export const errorsOf = ({ items, errorItems, error }: RunResult): string =>
	[
		error && `${error.message} | ${error.description}`,
		...[...items, ...errorItems].map(({ json }) => json.error),
	]
		.filter((text) => typeof text === 'string')
		.join('\n');

/** External IDs of the items that say that all went well. */
export const doneOf = ({ items }: RunResult): string[] =>
	items.filter(({ json }) => json.error === undefined).map(({ json }) => String(json.externalId));
