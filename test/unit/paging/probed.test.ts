/* eslint-disable @n8n/community-nodes/no-restricted-imports -- writes files for the test, never published */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Readings } from '../../../tools/emulator';
import { probedReadings } from './probed';

describe('the properties under the result of a probe', () => {
	const folder = mkdtempSync(join(tmpdir(), 'probed-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	const read = (readings: Partial<Readings>) => {
		const file = join(folder, 'probe-result.json');
		writeFileSync(file, JSON.stringify({ readings }));
		return probedReadings(file);
	};

	it('take what it settled, and draw the rest', () => {
		expect(read({ from: 'exclusive', count: 'account', tieOrder: 'perPage' })).toEqual({
			fromInclusive: false,
			count: 'ofAll',
			ties: 'byPage',
		});
		expect(
			read({ timeless: 'never', sorting: 'directionIgnored', nulls: 'lastAscending' }),
		).toEqual({
			nullsPassOpenPeriods: false,
			sort: 'ascendingOnly',
		});
	});

	it('draw everything without one', () => {
		expect(probedReadings('')).toEqual({});
	});
});
