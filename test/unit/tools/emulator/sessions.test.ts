import type { Readings } from '../../../../tools/emulator';
import { diallingVisit, PERSON } from './dialling';
import { closeAll } from './support';

afterEach(closeAll);

const PATH = '/api/v1/search/cis/sessions';

async function dialled(readings: Partial<Readings> = {}) {
	const visitor = await diallingVisit(readings);
	const taskId = await visitor.createReady();
	await visitor.add(taskId, [{ ...PERSON, variables: { name: 'Ann' } }], { forceStart: true });
	visitor.emulator.dialler.setOutcomes('*', ['ANSWERED']);
	const [attempt] = visitor.emulator.dialler.advance();
	const sessions = async (query = '') =>
		(await visitor.get(`${PATH}?${query}`)).json as unknown as {
			count: number;
			items: Array<Record<string, unknown>>;
		};
	return { ...visitor, taskId, attempt, sessions };
}

describe('the sessions report', () => {
	it('tells a call as a session, with the fields asked for', async () => {
		const { emulator, taskId, attempt, sessions } = await dialled();
		emulator.clock.advance(attempt.call.duration + 7);
		const fields = 'id,number,currentStatusName,results,variablesString,autoCallCandidateId';
		expect(await sessions(`fields=${fields}&taskId=${taskId}`)).toEqual({
			count: 1,
			items: [
				{
					id: attempt.callId,
					number: '79000000001',
					currentStatusName: 'ANSWERED',
					results: { confirmation: attempt.call.dialogResults },
					variablesString: '{"name":"Ann"}',
					autoCallCandidateId: attempt.candidateId,
				},
			],
		});
	});

	it.each([
		[7, 6, 0],
		[7, 7, 1],
		[0, 0, 1],
		[-1, 86_400, 0],
	])('has it %d seconds after its end: after %d, %d', async (sessionReadyAfter, wait, count) => {
		const { emulator, attempt, sessions } = await dialled({ sessionReadyAfter });
		emulator.clock.advance(attempt.call.duration + wait);
		expect((await sessions()).count).toBe(count);
	});

	it.each([
		['same', true],
		['other', false],
	] as const)('knows it by the id of the webhooks: %s as the report’s', async (hookId, isSame) => {
		const visitor = await dialled({ hookId, sessionReadyAfter: 0 });
		visitor.emulator.clock.advance(visitor.attempt.call.duration);
		const [{ id }] = (await visitor.sessions()).items;
		expect(id === visitor.attempt.callId).toBe(isSame);
		expect((await visitor.sessions(`id=${String(id)}`)).count).toBe(1);
	});

	it('is filtered by phone, task and time, and limited', async () => {
		const { emulator, attempt, sessions } = await dialled({ sessionReadyAfter: 0 });
		emulator.clock.advance(attempt.call.duration);
		expect((await sessions('phone=79000000001')).count).toBe(1);
		expect((await sessions('phone=79000000002')).count).toBe(0);
		expect((await sessions('taskId=none')).count).toBe(0);
		expect((await sessions('from=2026-03-02T00:00:00Z')).count).toBe(1);
		expect((await sessions('from=2026-03-03T00:00:00Z')).count).toBe(0);
		expect(await sessions('limit=1001')).toHaveProperty('error');
	});
});
