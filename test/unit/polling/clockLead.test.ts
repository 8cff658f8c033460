import { leadOf } from '../../../nodes/Twin24/polling/clockLead';
import { BORN, CHANGED, HOUR, LEAD, MINUTE } from './world';

const NOW = Date.UTC(2026, 0, 5, 9, 30);
const FROM = NOW - 10 * MINUTE;

describe('the lead of the times compared', () => {
	const row = (born: number, changed: number) => ({
		id: 'x',
		born: NOW + born,
		changed: NOW + changed,
		isDone: true,
	});
	const lead = (...rows: Array<ReturnType<typeof row>>) => leadOf(rows, CHANGED, FROM, NOW);
	const fresh = row(-MINUTE, LEAD - MINUTE / 2);
	const twoHoursOld = row(-2 * HOUR, HOUR);

	test('is believed of a fresh row and an old one that a source of true times would not give', () => {
		expect(lead(fresh, twoHoursOld)).toBe(LEAD);
	});

	test('is not believed of fresh rows alone: the source may compare true times', () => {
		expect(lead(fresh)).toBe(0);
	});

	test('is not believed of old rows alone: their change may have come late', () => {
		expect(lead(row(-4 * HOUR, -MINUTE))).toBe(0);
	});

	test('is not believed when a row was changed sooner than a time shown ahead can be', () => {
		expect(lead(fresh, twoHoursOld, row(-MINUTE, 0))).toBe(0);
	});

	test('is not learnt from a time days ahead', () => {
		expect(lead(row(-MINUTE, 48 * HOUR), twoHoursOld)).toBe(0);
	});

	test('is none where the rule says that times are true', () => {
		expect(leadOf([fresh, twoHoursOld], BORN, FROM, NOW)).toBe(0);
	});
});
