import * as fc from 'fast-check';

import { DEFAULT_READINGS, READINGS } from '../../../../tools/emulator';
import type { Emulator, EmulatorOptions, ReadingName, Readings } from '../../../../tools/emulator';
import { CLIENT_OPTIONS } from '../../../../tools/probe/client';
import { OPEN_BY_NATURE } from '../../../../tools/probe/findings';
import type { ProbeResult } from '../../../../tools/probe/probe';
import { runs } from '../../../support/runs';
import { RICH, probed } from './support';

/** A reading with numbers or names: values that show what they do on this account. */
const VALUES: Partial<Record<ReadingName, readonly unknown[]>> = {
	countCap: [0, 7, 120],
	maxRowsPerPeriod: [50_000, 300, 40],
	maxPageSize: [1000, 200, 30],
	clockLead: [3 * 3600, 2 * 3600, -3600],
	clockCorrectedAt: [''],
	pathPrefix: ['', '/twin'],
	filtersIgnored: [[], ['phone'], ['id', 'nps'], ['status', 'keyword']],
	filtersRefused: [[], ['phone'], ['price', 'taskId'], ['status']],
};

const NAMES = (Object.keys(READINGS) as ReadingName[]).filter((name) => !OPEN_BY_NATURE.has(name));

function valuesOf(name: ReadingName): readonly unknown[] {
	const reading = READINGS[name];
	return VALUES[name] ?? ('values' in reading ? reading.values : []);
}

/** More calls than can be had, so that what only shows there shows. */
const ABOVE_CAP: Partial<Readings> = { maxRowsPerPeriod: 600 };

/** Readings whose default shows only in a setting of its own. */
const NEEDS_SETTING: ReadingName[] = [
	'clockLead',
	'clockWriters',
	'compareToTheSecond',
	'maxPageSize',
	'overLimit',
];

/** Calls whose times have digits after the second. */
const FRACTIONS: EmulatorOptions = { ...RICH, data: { ...RICH.data, fractionalSeconds: true } };

/** The settled readings that are not those of the emulator: none may be. */
function wrong(
	{ readings, findings }: ProbeResult,
	{ readings: truth, table }: Emulator,
): string[] {
	// A count that stops only above all that there is does not stop.
	const ceiling = truth.countCap || truth.maxRowsPerPeriod;
	const count = truth.count === 'capped' && ceiling >= table.size ? 'total' : truth.count;
	return Object.entries(readings).flatMap(([name, value]) => {
		const held = { ...truth, count }[name as ReadingName];
		const isRight = Array.isArray(held)
			? agrees(name, value as string[], held as string[], truth, findings)
			: value === held;
		return isRight ? [] : [`${name} is ${String(held)}, not ${String(value)}`];
	});
}

/** Of the filters that were asked, those that the list names and no others, as far as they can show. */
function agrees(
	name: string,
	found: readonly string[],
	held: readonly string[],
	truth: Readings,
	findings: ProbeResult['findings'],
): boolean {
	const note = findings.find((finding) => finding.name === name)?.note ?? '';
	const asked = /Asked: ([^;]*)/.exec(note)?.[1].split(', ') ?? [];
	const named = ['id', 'phone', 'taskId', 'status', 'keyword'];
	const visible = asked.filter((filter) => {
		if (truth.otherFilters !== 'exact' && !named.includes(filter)) return false;
		// What is refused cannot be seen to be ignored too.
		return name === 'filtersRefused' || !truth.filtersRefused.includes(filter);
	});
	return (
		visible.every((filter) => found.includes(filter) === held.includes(filter)) &&
		found.every((filter) => held.includes(filter))
	);
}

/** What a reading needs to show: more calls than can be had, a clock that is ahead, and so on. */
function setting(name: ReadingName): { readings: Partial<Readings>; data: EmulatorOptions } {
	switch (name) {
		case 'clockLead':
		case 'clockWriters':
			return { readings: { clock: 'moscowShown' }, data: RICH };
		case 'countCap':
			return { readings: { ...ABOVE_CAP, count: 'capped' }, data: RICH };
		case 'overLimit':
			return { readings: { maxPageSize: 200 }, data: RICH };
		case 'maxPageSize':
			return { readings: {}, data: RICH };
		case 'compareToTheSecond':
			return { readings: { periodFractions: 'accepted' }, data: FRACTIONS };
		default:
			return { readings: ABOVE_CAP, data: RICH };
	}
}

/** What no answer can show: a cut of what is sent, and a cut of what it is compared with, are alike. */
const ALIKE: ReadonlyArray<readonly [ReadingName, unknown]> = [['periodFractions', 'truncated']];

describe('under every single reading', () => {
	const isDefault = (name: ReadingName, value: unknown) =>
		JSON.stringify(DEFAULT_READINGS[name]) === JSON.stringify(value);
	const cases = NAMES.flatMap((name) =>
		valuesOf(name)
			.filter((value) => !isDefault(name, value) || NEEDS_SETTING.includes(name))
			.map((value) => [name, value] as const),
	);

	it('the defaults are found, all but what never shows in an account like this', async () => {
		const { result, emulator } = await probed(ABOVE_CAP);
		expect(wrong(result, emulator)).toEqual([]);
		const open = NAMES.filter((name) => !(name in result.readings));
		expect(open.sort()).toEqual([
			'clockLead',
			'clockWriters',
			'compareToTheSecond',
			'countCap',
			'maxPageSize',
			'overLimit',
		]);
	});

	it.each(cases)('%s %p is found', async (name, value) => {
		const { readings, data } = setting(name);
		const { result, emulator } = await probed({ ...readings, [name]: value }, data);
		expect(wrong(result, emulator)).toEqual([]);
		expect(result.requests.length).toBeLessThanOrEqual(CLIENT_OPTIONS.budget);
		const isAlike = ALIKE.some(([one, other]) => one === name && other === value);
		expect(result.readings[name]).toEqual(isAlike ? undefined : value);
	});
});

describe('under random combinations of readings', () => {
	it('nothing wrong is told', async () => {
		const values = Object.fromEntries(
			NAMES.map((name) => [name, fc.constantFrom(...valuesOf(name))]),
		);
		// A few readings at a time show more than all at once.
		const combination = fc.oneof(
			fc.record(values),
			fc.record(values, { requiredKeys: [] }),
		) as fc.Arbitrary<Partial<Readings>>;
		const account = fc.constantFrom(RICH, FRACTIONS, { ...RICH, calls: 60 });
		await fc.assert(
			fc.asyncProperty(combination, account, async (readings, data) => {
				const { result, emulator } = await probed(readings, data);
				expect(wrong(result, emulator)).toEqual([]);
				expect(result.requests.length).toBeLessThanOrEqual(CLIENT_OPTIONS.budget);
			}),
			runs(25),
		);
	}, 1_200_000);
});
