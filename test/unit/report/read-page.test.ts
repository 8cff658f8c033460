import { readPage } from '../../../nodes/Twin24/report/pages';

test('a page is its calls and what the API says of their number', () => {
	expect(readPage({ count: 2, items: [{ id: 'a' }] })).toEqual({ count: 2, items: [{ id: 'a' }] });
	expect(readPage({ count: '2', items: [{ id: 'a' }] })).toEqual({
		count: 2,
		items: [{ id: 'a' }],
	});
});

test.each([[undefined], [null], [''], ['many'], [-1], [1.5], [{}]])(
	'a count of %j says nothing',
	(count) => {
		expect(readPage({ count, items: [] })).toEqual({ items: [] });
	},
);

test('no calls may come as null where the count is 0', () => {
	expect(readPage({ count: 0, items: null })).toEqual({ count: 0, items: [] });
	expect(readPage({ count: 3, items: null })).toBeUndefined();
	expect(readPage({ items: null })).toBeUndefined();
});

test.each([[null], ['<html>'], [[]], [{ items: {} }], [{ items: [{}] }], [{ items: [{ id: 7 }] }]])(
	'%j is none',
	(body) => {
		expect(readPage(body)).toBeUndefined();
	},
);
