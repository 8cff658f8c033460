import { DEMO_ACCOUNT, startEmulator, type Call, type Emulator } from '../../tools/emulator';
import {
	CREDENTIAL_TYPE,
	emulatorCredential,
	itemsOf,
	type SavedCredential,
} from '../../tools/n8n-host';
import { ALL_FIELDS } from '../../nodes/Twin24/report/catalogue';
import { startN8n, type N8n } from '../../tools/n8n-host/start-n8n';
import { CALLS, callsWorkflow } from '../../tools/n8n-host/calls-workflow';

/** The vendor's own example: 4,050 calls, five pages. */
const CALL_COUNT = 4_050;
const FROM = '2024-03-01T00:00:00Z';
const TO = '2024-03-08T00:00:00Z';

/** The first installation of n8n is part of it. */
const START_TIMEOUT = 25 * 60_000;

const PERIOD = { period: 'custom', from: FROM, to: TO };

describe('search and get in a real n8n', () => {
	let emulator: Emulator;
	let n8n: N8n;
	let credential: SavedCredential;

	beforeAll(async () => {
		emulator = await startEmulator({ calls: CALL_COUNT, data: { from: FROM, to: TO } });
		n8n = await startN8n({ install: 'dist' });
		credential = await n8n.client.saveCredential(
			'Emulator',
			CREDENTIAL_TYPE,
			emulatorCredential(emulator.url, DEMO_ACCOUNT),
		);
	}, START_TIMEOUT);

	afterAll(async () => {
		await n8n?.stop();
		await emulator?.close();
	});

	beforeEach(() => emulator.log.clear());

	const run = async (parameters: Parameters<typeof callsWorkflow>[2]) => {
		const workflow = callsWorkflow('First light', credential, { resource: 'call', ...parameters });
		return await n8n.client.runWorkflow(await n8n.client.importWorkflow(workflow));
	};

	/** A call of the emulator's table, with the fields that "All Fields" promises. */
	const vendorFields = (call: Call) =>
		Object.fromEntries(ALL_FIELDS.map((name) => [name, call[name as keyof Call]]));

	it('returns every call of the period, each with all its fields, in at most six requests', async () => {
		const execution = await run({
			operation: 'search',
			returnAll: true,
			fieldSet: 'all',
			...PERIOD,
		});

		expect(execution.data.resultData.error).toBeUndefined();
		const found = itemsOf<Call>(execution, CALLS);
		const byId = new Map(found.map((call) => [call.id, call]));
		expect(found).toHaveLength(CALL_COUNT);
		expect(byId.size).toBe(CALL_COUNT);
		for (const call of emulator.table.all()) expect(byId.get(call.id)).toEqual(vendorFields(call));
		expect(emulator.log.count('calls')).toBeLessThanOrEqual(6);
		expect(emulator.log.count('auth')).toBe(1);
	});

	it('gets one call by its ID', async () => {
		const [call] = emulator.table.all();
		const execution = await run({ operation: 'get', callId: call.id, fieldSet: 'all' });

		expect(execution.data.resultData.error).toBeUndefined();
		expect(itemsOf(execution, CALLS)).toEqual([vendorFields(call)]);
	});

	it('names an ID that no call has', async () => {
		const unknown = '00000000-0000-4000-8000-000000000000';
		const execution = await run({ operation: 'get', callId: unknown, fieldSet: 'all' });

		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain(unknown);
	});
});
