/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at the ports of the developer's machine, never published */
import getPort from 'get-port';

/**
 * A port of 127.0.0.1 on which nothing listens.
 *
 * @param preferred this one if it is free
 */
export const freePort = async (preferred?: number): Promise<number> =>
	await getPort({ host: '127.0.0.1', port: preferred });
