import { deliver } from '../../../../nodes/Twin24/resources/contact/deliver';
import type { Carrier } from '../../../../nodes/Twin24/resources/contact/deliver';
import type { Person } from '../../../../nodes/Twin24/resources/contact/person';
import type { Run } from '../../../../nodes/Twin24/resources/operation';

jest.mock('../../../../nodes/Twin24/transport/request', () => ({
	...jest.requireActual<object>('../../../../nodes/Twin24/transport/request'),
	createRequester: async () => ({ request: async () => undefined }),
}));

/** An execution of a workflow, in which one node may run several times: as in a loop. */
class Execution {
	readonly requests: string[][] = [];
	private readonly memory = {};

	private readonly carrier: Carrier<Person> = {
		name: 'test',
		done: 'added',
		whereToLook: 'Look.',
		placeOf: () => 'place',
		groupOf: () => 'group',
		batchSizeOf: () => 100,
		ready: async () => {},
		send: async (_requester, people) => {
			this.requests.push(people.map(({ externalId }) => externalId));
			return people.map(() => ({ kind: 'taken', candidateId: null, response: null }));
		},
		consequence: () => '',
		itemOf: () => ({}),
	};

	/** Runs the node with these people; says of each what it got, or which error. */
	async run(people: Person[]): Promise<string[]> {
		const data = { data: { main: [people.map(() => ({ json: {} }))] } };
		const context = {
			getExecuteData: () => data,
			getContext: () => this.memory,
			getNode: () => ({ name: 'TWIN24' }),
			getNodeParameter: () => ({}),
			getExecutionCancelSignal: () => undefined,
			continueOnFail: () => true,
		};
		const outcomes = people.map(async (person, itemIndex) => {
			const run = { context, itemIndex, connection: {} } as unknown as Run;
			return await deliver(run, this.carrier, () => person).then(
				() => 'done',
				(error: Error) => error.message,
			);
		});
		return await Promise.all(outcomes);
	}
}

const person = (externalId: string, phone: string): Person => ({
	externalId,
	phones: [phone],
	details: {},
});

test('in a loop, nobody is sent again by a later run', async () => {
	const execution = new Execution();
	await execution.run([person('a', '1'), person('b', '2')]);
	const second = await execution.run([person('c', '3'), person('a', '4'), person('d', '2')]);
	expect(second[0]).toBe('done');
	expect(second[1]).toMatch(
		/^"External ID" "a" is given twice: by item 0 of an earlier run of this node/,
	);
	expect(second[2]).toMatch(
		/^"Phone" 2 is given twice for place: by item 1 of an earlier run of this node/,
	);
	expect(execution.requests).toEqual([['a', 'b'], ['c']]);
});

test('in another execution they are sent', async () => {
	for (const execution of [new Execution(), new Execution()])
		expect(await execution.run([person('a', '1')])).toEqual(['done']);
});
