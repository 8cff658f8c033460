import type { IDataObject } from 'n8n-workflow';

import { withStatuses } from '../../../nodes/Twin24/resources/call/answeredStatus';
import { statusFailure } from '../../../nodes/Twin24/transport/failure';
import { RequestError } from '../../../nodes/Twin24/transport/request';

let apis = 0;
/** An API that accepts the values given and answers others with a 400, at an address of its own. */
const api = (accepts: string[]) => {
	const baseUrl = `https://api${++apis}.test`;
	const asked: unknown[] = [];
	const state = { accepts };
	const find = async (statuses: string[]) =>
		await withStatuses(baseUrl, statuses, async ({ status }: IDataObject) => {
			asked.push(status);
			const unknown =
				status === undefined
					? []
					: String(status)
							.split(',')
							.filter((value) => !state.accepts.includes(value));
			if (unknown.length > 0)
				throw new RequestError(
					statusFailure('analyse', 400, { error: `unknown ${unknown.join()}` }),
				);
			return 'found';
		});
	return { find, asked, state };
};

test('no filter and other statuses go as they are', async () => {
	const { find, asked } = api(['BUSY', 'FAILED']);
	await find([]);
	await find(['BUSY', 'FAILED']);
	expect(asked).toEqual([undefined, 'BUSY,FAILED']);
});

test.each([
	['both names', ['ANSWERED', 'ANSWER', 'BUSY'], ['ANSWERED,ANSWER,BUSY'], 'ANSWERED,ANSWER,BUSY'],
	[
		'ANSWERED alone',
		['ANSWERED', 'BUSY'],
		['ANSWERED,ANSWER,BUSY', 'ANSWERED,BUSY'],
		'ANSWERED,BUSY',
	],
	[
		'ANSWER alone',
		['ANSWER', 'BUSY'],
		['ANSWERED,ANSWER,BUSY', 'ANSWERED,BUSY', 'ANSWER,BUSY'],
		'ANSWER,BUSY',
	],
])(
	'finds answered calls where %s is known, and remembers it',
	async (_what, accepts, ways, remembered) => {
		const { find, asked } = api(accepts);
		expect(await find(['BUSY', 'ANSWERED'])).toBe('found');
		expect(asked).toEqual(ways);
		asked.length = 0;
		await find(['BUSY', 'ANSWERED']);
		expect(asked).toEqual([remembered]);
	},
);

test('looks for another way when the one that worked is refused later', async () => {
	const { find, asked, state } = api(['ANSWER']);
	await find(['ANSWERED']);
	state.accepts = ['ANSWERED'];
	asked.length = 0;
	expect(await find(['ANSWERED'])).toBe('found');
	expect(asked).toEqual(['ANSWER', 'ANSWERED,ANSWER', 'ANSWERED']);
});

test('of several refusals the first is told', async () => {
	await expect(api([]).find(['ANSWERED', 'BUSY'])).rejects.toMatchObject({
		description: expect.stringContaining('unknown ANSWERED,ANSWER,BUSY'),
	});
});

test('any other failure ends it at once', async () => {
	let asked = 0;
	const failing = withStatuses('https://broken.test', ['ANSWERED'], async () => {
		asked++;
		throw new RequestError(statusFailure('analyse', 500, undefined));
	});
	await expect(failing).rejects.toMatchObject({ status: 500 });
	expect(asked).toBe(1);
});
