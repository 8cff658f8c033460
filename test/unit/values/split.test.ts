import {
	admitByCalls,
	admitCalendar,
	splitOf,
} from '../../../nodes/Twin24/resources/call/values/split';

test('splits that are known', () => {
	expect(splitOf('day', 'ignored')).toEqual({ by: 'day' });
	expect(splitOf('maxCalls', '20000')).toEqual({ by: 'maxCalls', most: 20_000 });
});

test.each([0, 50_001, 1.5, 'many', null])('%j is no number of calls per slice', (most) => {
	expect(() => splitOf('maxCalls', most)).toThrow('"Max Calls per Slice" is');
});

test('no more than 10,000 slices of a limited number of calls', () => {
	expect(() => admitByCalls(20_000, 2)).not.toThrow();
	expect(() => admitByCalls(20_001, 2)).toThrow(
		'"Max Calls per Slice" would make 10,001 slices; a count makes at most 10,000',
	);
});

test('no more than 10,000 hours', () => {
	const hours = (count: number) => ({ from: 0, to: count * 3600_000 });
	expect(() => admitCalendar(hours(10_000), 'hour', 'UTC')).not.toThrow();
	expect(() => admitCalendar(hours(10_001), 'hour', 'UTC')).toThrow(
		'"Split By" would make 10,001 slices',
	);
});
