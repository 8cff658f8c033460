import { DEMO_ACCOUNT, startEmulator } from '../../../../tools/emulator';
import type { Call, Emulator, EmulatorOptions, Readings } from '../../../../tools/emulator';

export interface Page {
	count: number;
	items: Call[];
}

/** An answer with its body read. */
export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** Undefined when the body is no JSON. */
	json: Page & { error?: string; details?: unknown };
}

/** An emulator and someone signed in to it; closed when the test ends. */
export interface Visit {
	emulator: Emulator;
	token: string;
	get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
	/** A request with a JSON body, or none. */
	send: (method: string, path: string, body?: unknown) => Promise<Answer>;
	/** The calls report with this query. */
	report: (query?: Record<string, string | number>) => Promise<Answer>;
}

const opened: Emulator[] = [];

/** To be called in `afterEach`. */
export async function closeAll(): Promise<void> {
	await Promise.all(opened.splice(0).map(async (emulator) => await emulator.close()));
}

export async function open(options: EmulatorOptions = {}): Promise<Emulator> {
	const emulator = await startEmulator(options);
	opened.push(emulator);
	return emulator;
}

export async function visit(options: EmulatorOptions = {}): Promise<Visit> {
	const emulator = await open(options);
	const token = await signIn(emulator);
	const get: Visit['get'] = async (path, headers = { authorization: `Bearer ${token}` }) =>
		await read(await fetch(`${emulator.url}${path}`, { headers }));
	const report: Visit['report'] = async (query = {}) => {
		const text = new URLSearchParams(
			Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
		);
		return await get(`/api/v1/search/cis/calls?${text.toString()}`);
	};
	const send: Visit['send'] = async (method, path, body) =>
		await read(
			await fetch(`${emulator.url}${path}`, {
				method,
				headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
				body: body === undefined ? undefined : JSON.stringify(body),
			}),
		);
	return { emulator, token, get, send, report };
}

export async function signIn(emulator: Emulator, more: object = {}): Promise<string> {
	const { json } = await login(emulator, {
		email: DEMO_ACCOUNT.email,
		password: DEMO_ACCOUNT.password,
		...more,
	});
	return (json as unknown as { token: string }).token;
}

/** The login with this body: an object is sent as JSON, a text as it is. */
export async function login(emulator: Emulator, body: unknown): Promise<Answer> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const headers = { 'content-type': 'application/json' };
	return await read(
		await fetch(`${emulator.url}/api/v1/auth/login`, { method: 'POST', headers, body: text }),
	);
}

async function read(response: Response): Promise<Answer> {
	const text = await response.text();
	const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
	return {
		status: response.status,
		headers: response.headers,
		text,
		json: (isJson ? parsed(text) : undefined) as Answer['json'],
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Calls created at these seconds of 2025-03-01T10:00, called c0, c1, … */
export const atSeconds = (...seconds: Array<number | string>) =>
	seconds.map((second, i) => ({
		id: `c${i}`,
		createdAt: stamp(second),
		updatedAt: stamp(second),
		startedAt: stamp(second),
	}));

/** `2025-03-01T10:00:SS.ffffffZ` of 5 or '5.25'. */
export function stamp(second: number | string): string {
	const [whole, fraction = ''] = String(second).split('.');
	return `2025-03-01T10:00:${whole.padStart(2, '0')}.${fraction.padEnd(6, '0')}Z`;
}

export const ids = ({ json }: Answer) => json.items.map(({ id }) => id);

/** What the report finds under some readings. */
export async function under(
	visitor: Visit,
	readings: Partial<Readings>,
	query: Record<string, string | number>,
): Promise<Answer> {
	Object.assign(visitor.emulator.readings, readings);
	return await visitor.report(query);
}
