import type { INodeParameterResourceLocator, INodePropertyOptions } from 'n8n-workflow';

import { missing, publishedSources, type Candidate } from '../candidate';
import { sentencesIn } from '../literals';
import { operationsOf, parametersOf, type Placed } from '../parameters';
import { departs, forTheOwner, holds, type Page } from '../rule';

const WORDS_TO_AVOID = /\b(errors?|problems?|failures?|mistakes?)\b/i;

const MOST_SIMPLIFIED_FIELDS = 10;

const all = ({ nodes }: Candidate) => parametersOf(nodes);

const wrong = <T extends { where: string }>(entries: T[], isWrong: (entry: T) => boolean) =>
	entries.filter(isWrong).map(({ where }) => where);

const words = (text = '') => text.toLowerCase().match(/[a-z]+/g) ?? [];

/** Whether a text names a thing, one or many of it. */
const names = (text: string | undefined, thing: string) =>
	words(text).some((word) => word === thing || word === `${thing}s`);

const isOptions = ({ parameter }: Placed) =>
	parameter.type === 'options' || parameter.type === 'multiOptions';

/** A field of many whose fields can be chosen: how the node lets a person simplify. */
const fieldSets = (candidate: Candidate) =>
	all(candidate).filter(({ parameter }) => parameter.name === 'fieldSet');

const TITLE_EXCEPTIONS = /^(a|an|and|as|at|but|by|for|from|in|of|on|or|per|the|to|via|with)$/;

/** Not in title case: a word of letters that begins small and is none of the small words. */
const isMiscased = (label: string) =>
	label
		.split(/\s+\(?/)
		.some((word, index) => /^[a-z]/.test(word) && (index === 0 || !TITLE_EXCEPTIONS.test(word)));

const SORTING_IN_OPTIONS = 'Sort By and Sort Direction stand in Options';
const SEARCH = 'call has Search where n8n says Get Many';
const ELEVEN = `the simplified output has 11 fields, not ${MOST_SIMPLIFIED_FIELDS}`;

/** "UX guidelines". */
export const userExperience: Page = {
	title: 'UX guidelines',
	address: 'build-your-node/reference/ux-guidelines',
	rules: [
		{
			rule: 'Sensitive credentials are password fields',
			look: ({ credentials }) =>
				holds(
					credentials.flatMap(({ displayName, properties }) =>
						properties
							.filter(({ name }) => /^(password|token|secret|apiKey)$/i.test(name))
							.filter(({ typeOptions }) => !typeOptions?.password)
							.map((property) => `${displayName}: ${property.displayName}`),
					),
					'credentials/; n8n’s rule credential-password-field',
				),
		},
		{
			rule: 'OAuth is included if available',
			look: () =>
				forTheOwner(
					'TWIN24’s public documentation knows only a login with e-mail and password. Ask TWIN24 whether there is OAuth by now.',
				),
		},
		{
			rule: 'Common operations for each resource (create, get, get many, update, delete)',
			look: ({ nodes }) =>
				forTheOwner(
					`Compare with what TWIN24’s API offers: ${operationsOf(nodes)
						.map(({ resource, option }) => `${resource} ${option.name}`)
						.join(', ')}.`,
				),
		},
		{
			rule: '"Get Many" is the name where there is filtering or search, too',
			look: ({ nodes }) =>
				departs(
					operationsOf(nodes)
						.filter(({ option }) => option.name === 'Search')
						.map(({ resource }) => `${resource} has Search where n8n says Get Many`),
					[SEARCH],
					'The name is saved in workflows since 0.1.0, and most of its parameters are about searching.',
				),
		},
		{
			rule: 'Resource locators begin with From List, where there is a list',
			look: (candidate) =>
				holds(
					wrong(
						all(candidate).filter(({ parameter }) =>
							parameter.modes?.some(({ type }) => type === 'list'),
						),
						({ parameter }) => (parameter.default as INodeParameterResourceLocator).mode !== 'list',
					),
					'Task and Bot: From List, By ID; a recording has no list',
				),
		},
		{
			rule: 'Sorting has a collection of its own, below Options',
			look: (candidate) =>
				departs(
					all(candidate).some(({ where }) => where.endsWith('Options: Sort By'))
						? [SORTING_IN_OPTIONS]
						: [],
					[SORTING_IN_OPTIONS],
					'Saved workflows have it there since 0.1.0.',
				),
		},
		{
			rule: 'Deleting gives { "deleted": true }',
			look: ({ nodes }) =>
				holds(
					operationsOf(nodes)
						.filter(({ option }) => option.value === 'delete')
						.map(({ where }) => where),
					'no operation deletes anything',
				),
		},
		{
			rule: 'Output of more than 10 fields can be had simplified, selected or whole',
			look: (candidate) =>
				holds(
					[
						...(fieldSets(candidate).length > 0 ? [] : ['no parameter lets a person choose']),
						...wrong(fieldSets(candidate), ({ parameter }) => {
							const values = (parameter.options as INodePropertyOptions[]).map(
								({ value }) => value,
							);
							return values.join() !== 'simplified,all,selected';
						}),
						...wrong(
							all(candidate).filter(({ parameter }) => parameter.name === 'fields'),
							({ parameter }) => !(parameter.default as string[]).includes('id'),
						),
					],
					'"Fields to Return" of Search, Get and the trigger; Selected Fields begins with the ID (its label is not "Output", which is the form: items, CSV or files)',
				),
		},
		{
			rule: `The simplified output has at most ${MOST_SIMPLIFIED_FIELDS} fields`,
			look: ({ texts }) => {
				const schema = JSON.parse(
					texts['nodes/Twin24/__schema__/v1.0.0/call/search.json'] ?? '{}',
				) as { properties?: object };
				const count = Object.keys(schema.properties ?? {}).length;
				return departs(
					count > 0 && count <= MOST_SIMPLIFIED_FIELDS
						? []
						: [`the simplified output has ${count} fields, not ${MOST_SIMPLIFIED_FIELDS}`],
					[ELEVEN],
					'Ten are those of 0.1.0, on which saved workflows rely; createdAt, by which calls are sorted and counted, is the eleventh.',
				);
			},
		},
		{
			rule: 'Title Case for names of nodes, parameters and choices',
			look: (candidate) =>
				holds(
					[
						...candidate.nodes.map(({ description }) => description.displayName).filter(isMiscased),
						...wrong(
							all(candidate).filter(({ parameter }) => parameter.type !== 'notice'),
							({ parameter }) => isMiscased(parameter.displayName),
						),
						...all(candidate)
							.filter(isOptions)
							.flatMap(({ where, parameter }) =>
								((parameter.options ?? []) as INodePropertyOptions[])
									.filter(({ name }) => isMiscased(name))
									.map(({ name }) => `${where}: ${name}`),
							),
					],
					'the nodes’ descriptions; n8n’s rules …-miscased',
				),
		},
		{
			rule: 'Sentence case for actions, descriptions and hints',
			look: (candidate) =>
				holds(
					[
						...wrong(
							operationsOf(candidate.nodes),
							({ option: { action = '' } }) => !/^[A-Z][^A-Z]*$/.test(action),
						),
						...wrong(all(candidate), ({ parameter: { description, hint } }) =>
							[description, hint].some((text) => text !== undefined && !/^[A-Z"]/.test(text)),
						),
					],
					'the nodes’ descriptions',
				),
		},
		{
			rule: 'The terms are those of the service’s own interface; no jargon; one term for one thing',
			look: () =>
				forTheOwner(
					'Compare the labels with the cabinet of TWIN24: task, bot, contact, call, redial.',
				),
		},
		{
			rule: 'Placeholders begin with "e.g."',
			look: (candidate) =>
				holds(
					all(candidate).flatMap(({ where, parameter }) => {
						const isButton = ['collection', 'fixedCollection'].includes(parameter.type);
						const own = isButton ? [] : [parameter.placeholder];
						const ofModes = (parameter.modes ?? [])
							.filter(({ type }) => type !== 'list')
							.map(({ placeholder }) => placeholder);
						return [...own, ...ofModes].some((text) => text && !text.startsWith('e.g. '))
							? [where]
							: [];
					}),
					'the nodes’ descriptions; a credential’s e-mail has the one that n8n’s linter wants',
				),
		},
		{
			rule: 'An operation’s name does not repeat its resource',
			look: ({ nodes }) =>
				holds(
					wrong(operationsOf(nodes), ({ resource, option }) => names(option.name, resource)),
					'the nodes’ descriptions',
				),
		},
		{
			rule: 'An operation’s action names resource or object, and has no article',
			look: ({ nodes }) =>
				holds(
					wrong(
						operationsOf(nodes),
						({ resource, option: { action, name } }) =>
							words(action).some((word) => ['a', 'an', 'the'].includes(word)) ||
							!(
								names(action, resource) ||
								words(name)
									.slice(1)
									.some((word) => names(action, word))
							),
					),
					'the nodes’ descriptions',
				),
		},
		{
			rule: 'An operation’s description names the resource, and says more than its name',
			look: ({ nodes }) =>
				holds(
					wrong(
						operationsOf(nodes),
						({ resource, option: { description, name } }) =>
							!names(description, resource) || words(description).length <= words(name).length + 1,
					),
					'the nodes’ descriptions',
				),
		},
		{
			rule: 'Names of parameters stand in single quotation marks',
			look: () => ({
				verdict: 'departs',
				because:
					'Messages name them in double quotes, as n8n’s own example of a message does; so a message reads the same in n8n, in the guides and in its table of troubles.',
			}),
		},
		{
			rule: 'The description of a boolean begins with "Whether"',
			look: (candidate) =>
				holds(
					wrong(
						all(candidate).filter(({ parameter }) => parameter.type === 'boolean'),
						({ parameter }) => !parameter.description?.startsWith('Whether '),
					),
					'the nodes’ descriptions; n8n’s rule node-param-description-boolean-without-whether',
				),
		},
		{
			rule: 'A message says what happened, a description how to go on; both name the parameter',
			look: (candidate) =>
				holds(
					missing(
						candidate,
						'nodes/Twin24/parameters/parameterError.ts',
						'test/engine/resources/call/bad-input.test.ts',
					),
					'nodes/Twin24/parameters/parameterError.ts asks for all three; test/engine/resources/call/bad-input.test.ts',
				),
		},
		{
			rule: 'Messages avoid the words error, problem, failure and mistake',
			look: (candidate) =>
				holds(
					publishedSources(candidate).flatMap(([path, text]) =>
						sentencesIn(path, text)
							.filter((said) => WORDS_TO_AVOID.test(said))
							.map((said) => `${path}: ${said.trim()}`),
					),
					'every text of several words in nodes/ and credentials/',
				),
		},
	],
};
