import schema from '../../../nodes/Twin24/__schema__/v1.0.0.json';
import codex from '../../../nodes/Twin24/Twin24CallsTrigger.node.json';
import { Twin24CallsTrigger } from '../../../nodes/Twin24/Twin24CallsTrigger.node';
import { CALL_FIELDS } from '../../../nodes/Twin24/report/catalogue';
import { triggerDescription } from '../../../nodes/Twin24/triggers/calls/description';

const TYPES = {
	string: 'string',
	dateTime: 'string',
	number: 'number',
	boolean: 'boolean',
	array: 'array',
};

test('the schema that the editor shows before the first run has the fields that come unless told otherwise', () => {
	const fields = CALL_FIELDS.filter(({ simplified }) => simplified).map(({ name, type }) => [
		name,
		{ type: TYPES[type] },
	]);
	expect(schema.properties).toEqual(Object.fromEntries(fields));
});

test('the codex is the one of this node, and has the resources without which n8n drops it', () => {
	const { description } = new Twin24CallsTrigger();
	expect(codex.node).toBe(`n8n-nodes-twin24.${description.name}`);
	expect(codex.resources.primaryDocumentation).toHaveLength(1);
});

test('the parameters are those of the contract, by name and default', () => {
	const defaults = Object.fromEntries(
		triggerDescription.map((parameter) => [parameter.name, parameter.default]),
	);
	expect(defaults).toEqual({
		event: 'finished',
		fieldSet: 'simplified',
		fields: ['id', 'phone', 'status'],
		filters: {},
		options: {},
	});
	const options = triggerDescription.find(({ name }) => name === 'options')!.options!;
	expect(options.map((option) => [option.name, 'default' in option && option.default])).toEqual([
		['overlapMinutes', 10],
		['parallelRequests', 4],
		// By this one a collection given as a single expression is noticed.
		['0', ''],
	]);
});
