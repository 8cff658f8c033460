import type { Said } from '../../../../nodes/Twin24/resources/contact/answer';
import type { Carrier } from '../../../../nodes/Twin24/resources/contact/carrier';
import { deliver } from '../../../../nodes/Twin24/resources/contact/deliver';
import type { Person } from '../../../../nodes/Twin24/resources/contact/person';
import type { Run } from '../../../../nodes/Twin24/resources/operation';

jest.mock('../../../../nodes/Twin24/transport/request', () => ({
	...jest.requireActual<object>('../../../../nodes/Twin24/transport/request'),
	createRequester: async () => ({ request: async () => undefined }),
}));

/** An execution of a workflow, in which one node may run several times: as in a loop. */
class Execution {
	readonly requests: string[][] = [];
	/** What TWIN24 says of everybody. */
	answer: Said = { kind: 'taken', candidateId: null, response: null };

	/** What n8n makes of the run of the node before after a crash, where this is the retry of such. */
	recovered?: boolean;

	/** @param memory what n8n keeps for the node and saves with the execution */
	constructor(private readonly memory: object = {}) {}

	/** The execution as n8n goes on with it after a Wait node, or when it is retried. */
	saved(): Execution {
		return new Execution(JSON.parse(JSON.stringify(this.memory)) as object);
	}

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
			return people.map(() => this.answer);
		},
		consequence: () => '',
		itemOf: () => ({ response: null }),
	};

	/** Runs the node with these people; says of each what it got, or which error. */
	async run(people: Person[]): Promise<string[]> {
		const data = {
			data: { main: [people.map(() => ({ json: {} }))] },
			source: { main: [{ previousNode: 'Leads' }] },
		};
		const context = {
			getExecuteData: () => data,
			getContext: () => this.memory,
			getNode: () => ({ name: 'TWIN24' }),
			getNodeParameter: () => ({}),
			getMode: () => (this.recovered === undefined ? 'trigger' : 'retry'),
			evaluateExpression: () => this.recovered || undefined,
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

test('after the execution was put aside, nobody is sent again by a later run', async () => {
	const execution = new Execution();
	await execution.run([person('a', '1')]);
	const later = execution.saved();
	expect((await later.run([person('b', '2'), person('a', '3')]))[1]).toMatch(
		/^"External ID" "a" is given twice: by item 0 of an earlier run/,
	);
	expect(later.requests).toEqual([['b']]);
});

test('when the execution is retried, each gets what they got, and only the others are sent', async () => {
	const people = [person('a', '1'), person('b', '2'), person('c', '3')];
	const execution = new Execution();
	await execution.run(people.slice(0, 2));
	const retried = execution.saved();
	expect(await retried.run(people)).toEqual(['done', 'done', 'done']);
	expect(retried.requests).toEqual([['c']]);
});

test('when the execution is retried, of whom nobody knew still nobody knows', async () => {
	const execution = new Execution();
	execution.answer = { kind: 'unknown', words: 'TWIN24 took 0 of 1 people' };
	const [error] = await execution.run([person('a', '1')]);
	expect(error).toMatch(/may or may not have been added$/);
	const retried = execution.saved();
	expect(await retried.run([person('a', '1')])).toEqual([error]);
	expect(retried.requests).toEqual([]);
});

test('when an execution that ended with n8n itself is retried, nobody is sent, since nobody knows who was', async () => {
	const execution = new Execution();
	execution.recovered = true;
	for (const error of await execution.run([person('a', '1'), person('b', '2')]))
		expect(error).toMatch(/^n8n was ended while it ran this execution/);
	expect(execution.requests).toEqual([]);
});

test('when an execution is retried that had not come so far, all are sent', async () => {
	const execution = new Execution();
	execution.recovered = false;
	expect(await execution.run([person('a', '1')])).toEqual(['done']);
});

test('in another execution they are sent', async () => {
	for (const execution of [new Execution(), new Execution()])
		expect(await execution.run([person('a', '1')])).toEqual(['done']);
});
