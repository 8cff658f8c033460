import { apiWords } from '../../../nodes/Twin24/transport/apiWords';
import { contentFailure, failureOf, statusFailure } from '../../../nodes/Twin24/transport/failure';
import { LoginError } from '../../../nodes/Twin24/transport/loginError';

/** The looks of a token; nobody's. */
const JWT = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJhQGIucnUifQ', 'c2lnbmF0dXJl'].join('.');

/** What n8n throws for an answer with an error status: its own error around that of its HTTP client. */
const answer = (status: number, data?: unknown, headers: Record<string, unknown> = {}) =>
	Object.assign(new Error("n8n's own words"), {
		httpCode: String(status),
		cause: Object.assign(new Error(`Request failed with status code ${status}`), {
			response: { status, data, headers },
		}),
	});

const network = (code: string, message = '') =>
	Object.assign(new Error("n8n's own words"), {
		cause: Object.assign(new Error(message), { code }),
	});

describe('an answer with an error status', () => {
	test.each([
		// Status, what happened, what to do, worth asking again
		[
			300,
			"TWIN24's calls report pointed to another address",
			'Check the URLs in the credential, e.g. https instead of http.',
			false,
		],
		[
			302,
			"TWIN24's calls report pointed to another address",
			'Check the URLs in the credential, e.g. https instead of http.',
			false,
		],
		[
			400,
			"TWIN24's calls report did not accept the request",
			'Check the fields, filters and dates of this node.',
			false,
		],
		[
			401,
			"TWIN24's calls report did not accept the login",
			'Open the credential and test it. If the test passes, run the workflow again.',
			false,
		],
		[
			402,
			'TWIN24 refuses because of the account balance',
			'Top up the TWIN24 account, then run the workflow again.',
			false,
		],
		[
			403,
			'This TWIN24 account may not read the calls report',
			'Ask the administrator of your TWIN24 account for access to statistics, or use another credential.',
			false,
		],
		[
			404,
			"TWIN24's calls report does not know this address",
			'Check the URLs in the credential.',
			false,
		],
		[
			405,
			"TWIN24's calls report does not know this kind of request",
			'Check the URLs in the credential.',
			false,
		],
		[408, "TWIN24's calls report took too long to read the request", 'Try again later.', true],
		[
			418,
			"TWIN24's calls report refused the request",
			'Check the parameters of this node and the credential.',
			false,
		],
		[
			422,
			"TWIN24's calls report could not work with the values sent",
			'Check the fields, filters and dates of this node.',
			false,
		],
		[425, "TWIN24's calls report was not ready for the request", 'Try again later.', true],
		[
			429,
			"TWIN24's calls report is receiving too many requests",
			'Lower "Parallel Requests" under Options, or run fewer workflows at the same time.',
			true,
		],
		[
			500,
			"TWIN24's calls report failed to answer",
			'The cause is on the side of TWIN24. Try again later.',
			true,
		],
		[
			502,
			"TWIN24's calls report failed to answer",
			'The cause is on the side of TWIN24. Try again later.',
			true,
		],
		[
			503,
			"TWIN24's calls report failed to answer",
			'The cause is on the side of TWIN24. Try again later.',
			true,
		],
		[
			504,
			"TWIN24's calls report took too long to answer",
			'Try again later, or choose a shorter period.',
			true,
		],
		[
			599,
			"TWIN24's calls report failed to answer",
			'The cause is on the side of TWIN24. Try again later.',
			true,
		],
	])('%i: %s', (status, message, remedy, retryable) => {
		expect(failureOf('analyse', answer(status))).toMatchObject({
			message: `${message} (HTTP ${status})`,
			description: remedy,
			status,
			retryable,
		});
	});

	test("keeps the API's own words as the end of the description", () => {
		const failure = failureOf(
			'analyse',
			answer(400, { error: 'Неизвестное поле.', details: 'Поле «цвет» не существует.' }),
		);
		expect(failure.description).toBe(
			'Check the fields, filters and dates of this node. TWIN24 says: Неизвестное поле.: Поле «цвет» не существует.',
		);
	});

	test('tells how long the API asks to wait', () => {
		expect(failureOf('analyse', answer(429, {}, { 'retry-after': '3' })).retryAfter).toBe(3000);
		expect(failureOf('analyse', answer(503, {}, {})).retryAfter).toBeUndefined();
	});

	test('is recognised when n8n gives its code alone', () => {
		expect(
			failureOf(
				'analyse',
				Object.assign(new Error('x'), { httpCode: '403', description: 'Нет прав' }),
			),
		).toMatchObject({
			status: 403,
			description: expect.stringContaining('TWIN24 says: Нет прав'),
		});
	});
});

describe("the API's own words", () => {
	test.each([
		['error', { error: 'Token is expired.', details: null }, 'Token is expired.'],
		['error and details', { error: 'Плохо', details: 'Очень' }, 'Плохо: Очень'],
		['message', { message: 'Bad', code: 7 }, 'Bad'],
		['detail', { detail: 'Нет', title: 'x' }, 'Нет'],
		[
			'details by field',
			{ error: 'Ошибка валидации.', details: { limit: ['Не больше 1000.'], from: ['Не дата.'] } },
			'Ошибка валидации.: Не больше 1000.: Не дата.',
		],
		['errors as a list of texts', { errors: ['Раз', 'Два'] }, 'Раз: Два'],
		[
			'errors as a list of objects',
			{ errors: [{ message: 'Раз' }, { detail: 'Два' }] },
			'Раз: Два',
		],
		['errors by field', { errors: { phone: ['Неверный номер'] } }, 'Неверный номер'],
		['error as an object', { error: { code: 'E7', message: 'Сбой' } }, 'Сбой'],
		['the same words twice', { error: 'Сбой', message: 'Сбой' }, 'Сбой'],
		['text', 'Service Unavailable', 'Service Unavailable'],
		['JSON as text', '{"error":"Сбой"}', 'Сбой'],
		['JSON as bytes', new TextEncoder().encode('{"error":"Сбой"}'), 'Сбой'],
		[
			'a web page',
			'<!DOCTYPE html><html><head><title>502</title><style>p{color:red}</style><script>alert(1)</script></head><body><h1>Ведутся&nbsp;работы</h1>\n<p>Скоро</p></body></html>',
			'502 Ведутся работы Скоро',
		],
	])('are found as %s', (_how, body, words) => {
		expect(apiWords(body)).toBe(words);
	});

	test.each([
		[undefined],
		[null],
		[''],
		['   '],
		[42],
		[{}],
		[[]],
		[{ error: null, details: [] }],
		[{ count: 3, items: [{ id: 'secret' }] }],
		['<html><body></body></html>'],
	])('are none in %p', (body) => {
		expect(apiWords(body)).toBeUndefined();
	});

	test('are cut when they are long', () => {
		const words = apiWords({ error: 'ы'.repeat(5000) })!;
		expect(words).toHaveLength(501);
		expect(words.endsWith('…')).toBe(true);
		expect(apiWords({ errors: Array.from({ length: 50 }, (_, index) => `e${index}`) })).toBe(
			'e0: e1: e2: e3: e4',
		);
	});

	test('hold no token, whoever echoes it', () => {
		for (const body of [
			`Bad header: Bearer ${JWT}`,
			{ error: 'x', details: { token: JWT } },
			`<html><body>${JWT}</body></html>`,
		]) {
			const words = apiWords(body);
			expect(words).toContain('(token)');
			expect(words).not.toMatch(/eyJ|c2lnbmF0dXJl/);
		}
	});

	test('are kept as data, too, without tokens', () => {
		const body = { error: 'x', details: { 'batch.3.phone': ['Неверный номер.'], token: JWT } };
		for (const written of [body, JSON.stringify(body), Buffer.from(JSON.stringify(body))])
			expect(statusFailure('cis', 422, written).body).toEqual({
				error: 'x',
				details: { 'batch.3.phone': ['Неверный номер.'], token: '(token)' },
			});
	});

	test.each([
		['a text', 'Service Unavailable'],
		['a web page', '<html><body>Sign in</body></html>'],
		['a very long list', Array.from({ length: 20_000 }, () => 'abcdef')],
	])('are not kept as data of %s', (_what, body) => {
		expect(statusFailure('cis', 422, body).body).toBeUndefined();
	});

	test('are not looked for without end', () => {
		let deep: Record<string, unknown> = { error: 'bottom' };
		for (let level = 0; level < 10_000; level++) deep = { error: deep };
		expect(apiWords(deep)).toBeUndefined();
		expect(() => statusFailure('cis', 422, deep)).not.toThrow();
	});
});

describe('an answer with status 200 that is not what was asked for', () => {
	test.each([
		[
			'a web page',
			'<html><body>Ведутся работы</body></html>',
			"TWIN24's calls report answered with a web page instead of data",
			'TWIN24 says: Ведутся работы',
		],
		[
			'a page that begins with space',
			'\n  <!doctype HTML><p>Ой</p>',
			"TWIN24's calls report answered with a web page instead of data",
			'TWIN24 says: Ой',
		],
		[
			'half of the JSON',
			'{"count": 2, "items": [{"id": ',
			"The answer of TWIN24's calls report broke off or is not JSON",
			'Try again later',
		],
		[
			'nothing',
			'',
			"The answer of TWIN24's calls report broke off or is not JSON",
			'Try again later',
		],
		[
			'null',
			null,
			"TWIN24's calls report answered with something else than a list of calls",
			'Check the URLs',
		],
		[
			'another object',
			{ error: 'Обслуживание' },
			"TWIN24's calls report answered with something else than a list of calls",
			'TWIN24 says: Обслуживание',
		],
	])('%s', (_what, body, message, description) => {
		expect(contentFailure('analyse', body)).toMatchObject({
			message,
			description: expect.stringContaining(description),
			retryable: true,
		});
	});

	test('half of the JSON is never quoted: it holds what people said', () => {
		expect(contentFailure('analyse', '{"items":[{"phone":"79991234567"').description).not.toContain(
			'7999',
		);
	});
});

describe('a request without an answer', () => {
	test.each([
		['ENOTFOUND', "The address of TWIN24's calls report was not found"],
		['EAI_AGAIN', "The address of TWIN24's calls report could not be looked up"],
		['ECONNREFUSED', "TWIN24's calls report refused the connection"],
		['ECONNABORTED', "TWIN24's calls report did not answer in time"],
		['ETIMEDOUT', "TWIN24's calls report did not answer in time"],
		['ECONNRESET', "The connection to TWIN24's calls report broke off"],
		['EPIPE', "The connection to TWIN24's calls report broke off"],
		['EHOSTUNREACH', "TWIN24's calls report cannot be reached"],
		['ENETUNREACH', "TWIN24's calls report cannot be reached"],
		['ERR_BAD_RESPONSE', "The answer of TWIN24's calls report broke off"],
		['ERR_STREAM_PREMATURE_CLOSE', "The answer of TWIN24's calls report broke off"],
	])('%s: %s', (code, message) => {
		const failure = failureOf('analyse', network(code));
		expect(failure).toMatchObject({ message, retryable: true });
		expect(failure.status).toBeUndefined();
		expect(failure.description).toContain(`(${code})`);
	});

	test.each([['socket hang up'], ['aborted'], ['Premature close']])(
		'without a code, by its words: %s',
		(words) => {
			expect(failureOf('analyse', new Error(words))).toMatchObject({
				message: "The connection to TWIN24's calls report broke off",
				retryable: true,
			});
		},
	);

	test('of an unknown kind keeps its words and is not repeated', () => {
		expect(failureOf('analyse', new Error('self-signed certificate'))).toMatchObject({
			message: "The request to TWIN24's calls report could not be made: self-signed certificate",
			retryable: false,
		});
	});

	test.each([[undefined], [null], ['text'], [42], [{}]])('may throw anything: %p', (thrown) => {
		expect(failureOf('analyse', thrown)).toMatchObject({
			message: expect.stringContaining('could not be made'),
			retryable: false,
		});
	});
});

test('a failed login keeps its own words, whether n8n has wrapped it or not', () => {
	const login = new LoginError('E-mail or password is wrong', 'Type them again');
	for (const thrown of [
		login,
		Object.assign(new Error('n8n'), { cause: login }),
		Object.assign(new Error('x'), {
			name: login.name,
			message: login.message,
			description: login.description,
		}),
	]) {
		expect(failureOf('analyse', thrown)).toEqual({
			message: login.message,
			description: login.description,
			retryable: false,
			mayBeDone: false,
		});
	}
});

test('the table reads the same through statusFailure', () => {
	expect(statusFailure('analyse', 500, undefined)).toEqual(failureOf('analyse', answer(500)));
});
