import schema from '../../../../nodes/Twin24/__schema__/v1.0.0/event.json';
import codex from '../../../../nodes/Twin24/Twin24EventsTrigger.node.json';
import { Twin24EventsTrigger } from '../../../../nodes/Twin24/Twin24EventsTrigger.node';
import { EVENT_FIELDS } from '../../../../nodes/Twin24/triggers/events/flatten';

const { description, webhookMethods } = new Twin24EventsTrigger();

test('the parameters are those of the contract, by name and default', () => {
	expect(
		Object.fromEntries(
			description.properties.map((parameter) => [parameter.name, parameter.default]),
		),
	).toEqual({
		urlNotice: '',
		resource: 'event',
		events: ['callEnded'],
		output: 'simplified',
		options: { binaryData: true },
	});
	const events = description.properties.find(({ name }) => name === 'events')!.options!;
	expect(events.map((option) => 'value' in option && option.value)).toEqual([
		'callEnded',
		'callRedirected',
		'contactDone',
		'efficiencyReached',
		'incomingCall',
		'recallScheduled',
		'taskStatusChanged',
	]);
});

test('the version is 1, of which alone n8n hands on bodies unparsed, and no credential is asked for', () => {
	expect(description.version).toBe(1);
	expect(description.credentials).toBeUndefined();
});

test('the codex and the schema are those of this node, found under its hidden resource', () => {
	expect(codex.node).toBe(`n8n-nodes-twin24.${description.name}`);
	expect(codex.resources.primaryDocumentation).toHaveLength(1);
	expect(Object.keys(schema.properties)).toEqual(Object.keys(EVENT_FIELDS));
});

test('a wrong parameter is noticed when the workflow is published', async () => {
	const publish = async (given: Record<string, unknown>) =>
		await webhookMethods.default.checkExists.call({
			getNodeParameter: (name: string, fallback: unknown) => given[name] ?? fallback,
			getNode: () => ({ name: 'Events' }),
		} as never);
	await expect(publish({})).resolves.toBe(true);
	await expect(publish({ options: { ipWhitelist: '87.251.83.160/99' } })).rejects.toThrow(
		'"IP(s) Allowlist" has an entry that is no address: "87.251.83.160/99"',
	);
});
