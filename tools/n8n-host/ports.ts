/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at the ports of the developer's machine, never published */
import { createServer } from 'node:net';

/** Whether a server could listen on this port of 127.0.0.1 now. */
export async function isPortFree(port: number): Promise<boolean> {
	return (await tryListen(port)) !== undefined;
}

/** A port of 127.0.0.1 on which nothing listens. */
export async function freePort(): Promise<number> {
	const port = await tryListen(0);
	if (port === undefined) throw new Error('There is no free port on 127.0.0.1');
	return port;
}

async function tryListen(port: number): Promise<number | undefined> {
	const server = createServer();
	return await new Promise((done) => {
		server.once('error', () => done(undefined));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => done(address && typeof address === 'object' ? address.port : undefined));
		});
	});
}
