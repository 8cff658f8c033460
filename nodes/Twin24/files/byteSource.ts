type Listener = (value?: unknown) => void;

/**
 * Bytes that come bit by bit, for n8n to store without ever holding all of them.
 *
 * n8n asks for a Buffer or a Node stream; a community node may not import Node's streams. But n8n's
 * file storage hands what it is given to `fs.writeFile`, which takes any async iterable, and its other
 * storages (memory, S3, Azure, database) listen to the four events below and join what comes: so this
 * is both. Seen in n8n-core 1.118, 2.0 and 2.41; the engine tests store through both ways.
 */
export class ByteSource implements AsyncIterable<Buffer> {
	private readonly listeners = new Map<string, Set<Listener>>();
	private flowing = false;

	constructor(private readonly source: AsyncGenerator<Buffer>) {}

	[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
		return this.source;
	}

	/** @param event `data`, `end`, `error` or `close`; listening to `data` starts the flow */
	on(event: string, listener: Listener): this {
		const known = this.listeners.get(event) ?? new Set();
		this.listeners.set(event, known.add(listener));
		if (event === 'data' && !this.flowing) {
			this.flowing = true;
			void this.flow();
		}
		return this;
	}

	/** All events but `data` come once anyway. */
	once(event: string, listener: Listener): this {
		return this.on(event, listener);
	}

	off(event: string, listener: Listener): this {
		this.listeners.get(event)?.delete(listener);
		return this;
	}

	destroy(): this {
		void this.source.return(undefined);
		return this;
	}

	private async flow(): Promise<void> {
		// Whoever listens registers all of its listeners at once; the first bytes come after that.
		await Promise.resolve();
		try {
			for await (const chunk of this.source) this.emit('data', chunk);
			this.emit('end');
		} catch (error) {
			this.emit('error', error);
		}
		this.emit('close');
	}

	private emit(event: string, value?: unknown): void {
		for (const listener of [...(this.listeners.get(event) ?? [])]) listener(value);
	}
}
