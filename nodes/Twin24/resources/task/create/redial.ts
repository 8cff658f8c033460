import { objectOf } from '../../../parameters/collection';
import { wholeNumber } from '../../../parameters/kinds';
import type { Parameter } from '../../../parameters/parameter';
import { ParameterError, quote } from '../../../parameters/parameterError';

/** How often one is phoned again after a kind of unsuccessful call, and when. */
export interface Redial {
	times: number;
	pauseMinutes: number;
}

const RULE = 'rule';

const times = wholeNumber({
	displayName: 'Times',
	name: 'times',
	min: 1,
	max: 100,
	default: 1,
	description: 'How often a person is phoned again at most',
});

const pauseMinutes = wholeNumber({
	displayName: 'Pause (Minutes)',
	name: 'pauseMinutes',
	min: 1,
	max: 30 * 24 * 60,
	default: 60,
	description: 'How many minutes to wait before it',
});

/** Whether and how people are phoned again; without it they are not. */
export const redial = (displayName: string, name: string): Parameter<Redial> => ({
	property: {
		displayName,
		name,
		type: 'fixedCollection',
		default: { [RULE]: { times: 1, pauseMinutes: 60 } },
		description: 'How often and when a person is phoned again then. Without it: never.',
		options: [{ displayName: 'Rule', name: RULE, values: [times.property, pauseMinutes.property] }],
	},
	check: (value) => {
		const given = objectOf(value);
		const rule = given && objectOf(RULE in given ? given[RULE] : given);
		const unknown = Object.keys(rule ?? {}).find(
			(key) => key !== 'times' && key !== 'pauseMinutes',
		);
		if (!rule || unknown !== undefined) {
			throw new ParameterError(
				displayName,
				`is no rule: ${quote(value)}`,
				'Give { "rule": { "times": 1, "pauseMinutes": 60 } }, or remove the option.',
			);
		}
		return {
			times: times.check(rule.times ?? times.property.default),
			pauseMinutes: pauseMinutes.check(rule.pauseMinutes ?? pauseMinutes.property.default),
		};
	},
});
