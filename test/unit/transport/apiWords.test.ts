import {
	apiWords,
	bodyData,
	contentOf,
	isHtml,
	textOf,
} from '../../../nodes/Twin24/transport/apiWords';

const JWT = 'eyJhbGciOi_-x.eyJzdWIi-_9';
const SIGNED = `${JWT}.c2lnbmF0dXJl`;
const bytes = (text: string) => Buffer.from(text);

describe('the words of an error body', () => {
	it.each([
		['error', { error: 'no access' }],
		['message', { message: 'no access' }],
		['details', { details: 'no access' }],
		['detail', { detail: 'no access' }],
		['errors', { errors: 'no access' }],
	])('are those under %s', (_, body) => {
		expect(apiWords(body)).toBe('no access');
	});

	it.each([
		['text', 'no access'],
		['JSON as text', '{"message": "no access"}'],
		['bytes', bytes('{"message": "no access"}')],
		['an array of bytes', new Uint8Array(bytes('no access'))],
		['a list of texts', ['no access']],
		['an object in an object', { error: { message: 'no access' } }],
		['a list of objects', { errors: [{ message: 'no access' }] }],
		['fields and what is wrong with them', { errors: { from: ['no access'] } }],
	])('are found in %s', (_, body) => {
		expect(apiWords(body)).toBe('no access');
	});

	it('are told in one line, each once', () => {
		expect(apiWords({ error: ' a\n b ', message: 'c', details: ['c', { detail: 'd' }] })).toBe(
			'a b: c: d',
		);
	});

	it('come in the order of their importance, whatever the order in the body', () => {
		expect(apiWords({ errors: '5', detail: '4', details: '3', message: '2', error: '1' })).toBe(
			'1: 2: 3: 4: 5',
		);
	});

	it('are not looked for in other fields of the body itself', () => {
		expect(apiWords({ id: 'no access', error: 7, message: null })).toBeUndefined();
	});

	it('are those of the known fields alone, where an object in it has such', () => {
		expect(apiWords({ error: { message: 'no access', code: 'E17' } })).toBe('no access');
	});

	it('are five of a list or an object at most', () => {
		expect(apiWords({ errors: [...'abcdefg'] })).toBe('a: b: c: d: e');
		expect(apiWords({ errors: { a: 'a', b: 'b', c: 'c', d: 'd', e: 'e', f: 'f' } })).toBe(
			'a: b: c: d: e',
		);
	});

	it('are found four steps down, and no further', () => {
		expect(apiWords({ error: { error: { error: { error: 'deep' } } } })).toBe('deep');
		expect(apiWords({ error: { error: { error: { error: ['deeper'] } } } })).toBeUndefined();
	});

	it.each([[undefined], [null], [''], ['  \n'], [7], [{}], [[]], [{ error: ' ' }], [bytes('')]])(
		'are none in %p',
		(body) => {
			expect(apiWords(body)).toBeUndefined();
		},
	);

	it('hold no token that the API or a proxy repeats', () => {
		expect(apiWords({ error: `bad ${SIGNED}, ${JWT}` })).toBe('bad (token), (token)');
		expect(apiWords('keyJabc.def')).toBe('keyJabc.def');
	});

	it('are cut at 500 characters', () => {
		expect(apiWords('a'.repeat(500))).toBe('a'.repeat(500));
		expect(apiWords('a'.repeat(501))).toBe(`${'a'.repeat(500)}…`);
	});
});

describe('the words of a web page', () => {
	it('are what a reader sees of it', () => {
		const page = `<!DOCTYPE html>
			<html><head><title>502</title><style>
			b { color: red }</style></head>
			<body><script src="a.js">let a = '<b>';
			</script><b>Bad&nbsp;gateway</b><br>nginx</body></html>`;
		expect(apiWords(page)).toBe('502 Bad gateway nginx');
		expect(apiWords(bytes(page))).toBe('502 Bad gateway nginx');
	});

	it('stop at 20,000 characters of the page', () => {
		const page = `<html>${' '.repeat(19_990)}abcdefgh`;
		expect(apiWords(page)).toBe('abcd');
	});

	it.each(['<!doctype html>', '<html lang="ru">', '<head>', '<BODY>', ' \n<!DOCTYPE HTML PUBLIC>'])(
		'are read where a body begins with %p',
		(text) => {
			expect(isHtml(text)).toBe(true);
			expect(isHtml(bytes(text))).toBe(true);
		},
	);

	it.each(['', 'a <html>', '<xml>', '{"a": "<html>"}', undefined, { html: '<html>' }])(
		'are not looked for in %p',
		(body) => {
			expect(isHtml(body)).toBe(false);
		},
	);
});

describe('an error body as data', () => {
	it.each([
		['an object', { errors: [{ index: 3 }] }],
		['JSON as text', '{"errors": [{"index": 3}]}'],
		['bytes', bytes('{"errors": [{"index": 3}]}')],
	])('comes of %s', (_, body) => {
		expect(bodyData(body)).toEqual({ errors: [{ index: 3 }] });
	});

	it('is a copy without tokens', () => {
		const body = { error: `bad ${SIGNED}`, more: [JWT] };
		expect(bodyData(body)).toEqual({ error: 'bad (token)', more: ['(token)'] });
		expect(body.more).toEqual([JWT]);
	});

	it.each([
		['no object', 'no access'],
		['a number', 7],
		['nothing', undefined],
		['null', 'null'],
		['a web page', '<html>{"a": 1}'],
	])('is not there of %s', (_, body) => {
		expect(bodyData(body)).toBeUndefined();
	});

	it('is not there of more than 100,000 characters', () => {
		const written = (length: number) => ['a'.repeat(length - '[""]'.length)];
		expect(bodyData(written(100_000))).toEqual(written(100_000));
		expect(bodyData(written(100_001))).toBeUndefined();
	});

	it('is not there of one that nests without end', () => {
		const circle: { error?: unknown } = {};
		circle.error = circle;
		expect(bodyData(circle)).toBeUndefined();
	});
});

describe('a body', () => {
	it('is read as text, whether it came as that or as bytes', () => {
		expect(textOf('звонок')).toBe('звонок');
		expect(textOf(bytes('звонок'))).toBe('звонок');
		expect(textOf(new Uint8Array(bytes('звонок')))).toBe('звонок');
		expect(textOf({ a: 1 })).toBeUndefined();
		expect(textOf(undefined)).toBeUndefined();
	});

	it('holds what its JSON says, else its text, or what the caller makes of that', () => {
		expect(contentOf(bytes('{"count": 1}'))).toEqual({ count: 1 });
		expect(contentOf('[1]')).toEqual([1]);
		expect(contentOf(bytes('{"count": '))).toBe('{"count": ');
		expect(contentOf('oops', (text) => text.toUpperCase())).toBe('OOPS');
		const data = { count: 1 };
		expect(contentOf(data)).toBe(data);
	});
});
