export type Service =
	'auth' | 'calls' | 'sessions' | 'tasks' | 'contacts' | 'bots' | 'records' | 'other';

/** One request. Passwords and tokens are never kept. */
export interface LogEntry {
	/** ISO 8601, when the request came. */
	at: string;
	service: Service;
	method: string;
	path: string;
	/** The query, decoded. */
	query: Record<string, string>;
	/** 0 as long as there is no answer, and for ever when the connection was cut before one. */
	status: number;
	/** Calls (or tasks, bots) in the answer. */
	rows: number;
	/** Whether an Authorization header came, and whose token it was, if known. */
	authorization: boolean;
	account: string | null;
	/** From the request's head to the answer's end, in milliseconds. */
	ms: number;
}

const SECRET = /token|password|secret|authorization/i;

/** Every request in the order in which they came. */
export class RequestLog {
	entries: LogEntry[] = [];
	private running = new Map<Service, number>();
	private most = new Map<Service, number>();
	private runningAll = 0;
	private mostAll = 0;

	/** How many requests came, to one service or at all. */
	count(service?: Service): number {
		if (!service) return this.entries.length;
		return this.entries.filter((entry) => entry.service === service).length;
	}

	/** The most requests that were being answered at one time. */
	maxInFlight(service?: Service): number {
		return service ? (this.most.get(service) ?? 0) : this.mostAll;
	}

	/** Forgets what was; requests that are being answered stay counted as in flight. */
	clear(): void {
		this.entries = [];
		this.most = new Map(this.running);
		this.mostAll = this.runningAll;
	}

	/** Opens an entry. The function it gives closes it, once, however often it is called. */
	begin(request: Pick<LogEntry, 'service' | 'method' | 'path' | 'query' | 'authorization'>): {
		entry: LogEntry;
		end: () => void;
	} {
		const started = performance.now();
		const { service } = request;
		const entry: LogEntry = {
			...request,
			at: new Date().toISOString(),
			query: withoutSecrets(request.query),
			status: 0,
			rows: 0,
			account: null,
			ms: 0,
		};
		this.entries.push(entry);
		this.move(service, 1);
		let open = true;
		const end = () => {
			if (!open) return;
			open = false;
			entry.ms = performance.now() - started;
			this.move(service, -1);
		};
		return { entry, end };
	}

	private move(service: Service, by: number): void {
		const running = (this.running.get(service) ?? 0) + by;
		this.running.set(service, running);
		this.runningAll += by;
		this.most.set(service, Math.max(this.most.get(service) ?? 0, running));
		this.mostAll = Math.max(this.mostAll, this.runningAll);
	}
}

function withoutSecrets(query: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [name, SECRET.test(name) ? '(kept out)' : value]),
	);
}
