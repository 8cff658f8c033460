/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a program of its own on somebody's machine, never published */
import { addressOf } from './addresses';
import type { Scheme, Service } from './addresses';
import { Stop } from './stop';

/** Where and as whom to ask. */
export interface Account {
	email: string;
	/** As the login takes it: typed, or its MD5 when that was asked for. */
	password: string;
	companyId?: number;
	/** One host for all services, with a path perhaps; left out: TWIN24's own. */
	host?: string;
}

/** What a request asked and got, without anything that could be anybody's. */
export interface RecordedRequest {
	number: number;
	/** e.g. `GET analyse /search/cis/calls?fields&limit=5`; values of persons are left out. */
	what: string;
	/** 0: no answer came. */
	status: number;
	ms: number;
}

/** An answer with its body read. */
export interface Answer {
	/** The number of the request, by which a finding names it. */
	number: number;
	status: number;
	headers: Headers;
	text: string;
	/** Undefined when the body is no JSON. */
	json: unknown;
	ms: number;
}

export type Query = Record<string, string | number | undefined>;

export interface ClientOptions {
	/** Milliseconds between two requests, and before a failed one is repeated. */
	pause: number;
	/** The most requests, the login and repetitions included. */
	budget: number;
	/** Milliseconds after which an unanswered request counts as failed. */
	timeout: number;
}

export const CLIENT_OPTIONS: ClientOptions = { pause: 250, budget: 150, timeout: 60_000 };

/** How often a GET is sent before the API counts as broken off. */
const ATTEMPTS = 3;

/** The longest wait that a 429 may ask for, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** Parameters whose values are the probe's own, and may be shown. */
const SHOWN = new Set([
	'fields',
	'limit',
	'offset',
	'page',
	'sort',
	'status',
	'output',
	'filterPeriodBy',
]);

/** Logs in once, and then only GETs: one at a time, with pauses, within a budget, each recorded. */
export class Client {
	readonly requests: RecordedRequest[] = [];
	private token: string | undefined;
	private scheme: Scheme = 'oneHost';

	constructor(
		private readonly account: Account,
		private readonly options: ClientOptions,
	) {}

	/** How many requests may still be sent. */
	get left(): number {
		return this.options.budget - this.requests.length;
	}

	/** All that follow go to addresses of this kind. */
	use(scheme: Scheme): void {
		this.scheme = scheme;
	}

	/**
	 * The probe's one POST. Never repeated, since an account may be locked after a few.
	 *
	 * @throws Stop when it is refused or nothing comes
	 */
	async login(): Promise<void> {
		const { email, password, companyId } = this.account;
		const answer = await this.send('POST', 'iam', '/auth/login', {}, this.scheme, {
			email,
			password,
			ttl: 3600,
			companyId,
		}).catch(() => {
			throw new Stop(
				'brokeOff',
				'No answer to the login: is the address right, and the network there?',
			);
		});
		const { token } = (answer.json ?? {}) as { token?: unknown };
		if (answer.status === 401)
			throw new Stop('wrongPassword', 'TWIN24 refuses this e-mail and password (401).');
		if (answer.status === 403)
			throw new Stop('noAccess', 'TWIN24 does not let this user into this company (403).');
		if (typeof token !== 'string')
			throw new Stop('brokeOff', `The login was answered with ${answer.status} and no token.`);
		this.token = token;
	}

	/**
	 * A GET of a service. An answer of 4xx is an answer; what fails otherwise is repeated twice.
	 *
	 * @throws Stop when the API has broken off, lets the user in no longer, or the budget is used up
	 */
	async get(
		service: Service,
		path: string,
		query: Query = {},
		scheme: Scheme = this.scheme,
	): Promise<Answer> {
		let trouble = '';
		for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
			const answer = await this.send('GET', service, path, query, scheme).catch(
				(error: unknown) => {
					if (error instanceof Stop) throw error;
					trouble = 'no answer';
				},
			);
			if (!answer) continue;
			if (answer.status === 429 && attempt < ATTEMPTS) {
				const asked = Number(answer.headers.get('retry-after') ?? 1) * 1000;
				await sleep(Math.min(Number.isFinite(asked) ? asked : 1000, LONGEST_WAIT));
			} else if (answer.status < 500 && answer.status !== 429) return answer;
			trouble = `the status ${answer.status}`;
		}
		throw new Stop('brokeOff', `The API broke off: ${trouble}, ${ATTEMPTS} times in a row.`);
	}

	/**
	 * The same GET so many times at once, each sent once, to see how the API takes it.
	 *
	 * @throws Stop when one of them is not answered
	 */
	async together(times: number, service: Service, path: string, query: Query): Promise<Answer[]> {
		const all = Array.from(
			{ length: times },
			async () => await this.send('GET', service, path, query),
		);
		const answers: Answer[] = [];
		for (const outcome of await Promise.allSettled(all)) {
			if (outcome.status === 'fulfilled') answers.push(outcome.value);
			else if (outcome.reason instanceof Stop) throw outcome.reason;
			else throw new Stop('brokeOff', `Of ${times} requests at once, not all were answered.`);
		}
		return answers;
	}

	private async send(
		method: 'GET' | 'POST',
		service: Service,
		path: string,
		query: Query,
		scheme = this.scheme,
		body?: unknown,
	): Promise<Answer> {
		if (this.left <= 0) throw new Stop('whole', 'The budget of requests is used up.');
		const number = this.requests.length + 1;
		const record: RecordedRequest = {
			number,
			what: `${method} ${service} ${describe(path, query)}`,
			status: 0,
			ms: 0,
		};
		this.requests.push(record);
		if (number > 1) await sleep(this.options.pause);
		const started = performance.now();
		try {
			const response = await fetch(
				addressOf(service, scheme, this.account.host) + path + search(query),
				{
					method,
					headers: {
						accept: 'application/json',
						...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
						...(body === undefined ? {} : { 'content-type': 'application/json' }),
					},
					body: body === undefined ? undefined : JSON.stringify(body),
					// A redirect could lead to a host that must not see the token.
					redirect: 'manual',
					signal: AbortSignal.timeout(this.options.timeout),
				},
			);
			const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
				await response.arrayBuffer(),
			);
			record.status = response.status;
			record.ms = Math.round(performance.now() - started);
			const { status, headers } = response;
			return { number, status, headers, text, json: parsed(text), ms: record.ms };
		} finally {
			record.ms ||= Math.round(performance.now() - started);
		}
	}
}

/** The path and the parameters, with only those values that are the probe's own. */
function describe(path: string, query: Query): string {
	const parts = Object.entries(query)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) =>
			SHOWN.has(name) ? `${name}=${shortened(String(value))}` : `${name}=…`,
		);
	return parts.length > 0 ? `${path}?${parts.join('&')}` : path;
}

const shortened = (value: string) => (value.length > 40 ? `${value.slice(0, 37)}…` : value);

function search(query: Query): string {
	const parts = Object.entries(query)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
	return parts.length > 0 ? `?${parts.join('&')}` : '';
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const sleep = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));
