/* eslint-disable @n8n/community-nodes/no-restricted-imports -- stands in for a service of others', never published */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stand-in is asked. */
export interface Asked {
	method: string;
	/** With its query. */
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** A service of others' on this machine, a CRM say. */
export interface StandIn {
	url: string;
	close(): Promise<void>;
}

/** @param answer gives what to answer with, as JSON; status 200 unless it says another */
export async function startStandIn(
	answer: (asked: Asked) => { status?: number; json: unknown },
): Promise<StandIn> {
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => (body += String(chunk)));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			const { status = 200, json } = answer({ method, path: url, headers, body });
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(json));
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () =>
			await new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			}),
	};
}
