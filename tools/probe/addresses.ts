/** TWIN24's services, as its addresses name them. */
export type Service = 'iam' | 'analyse' | 'cis' | 'bot';

/** How the addresses of the services are made: a host for each, or one host with the service in its path. */
export const SCHEMES = ['separate', 'oneHost'] as const;
export type Scheme = (typeof SCHEMES)[number];

/**
 * The address of a service's API, without a slash at the end.
 *
 * @param host one host that serves all, e.g. `https://twin-ai.com`, perhaps with a path; left out: TWIN24's own
 */
export function addressOf(service: Service, scheme: Scheme, host?: string): string {
	if (scheme === 'oneHost') return `${host ?? 'https://twin24.ai'}/${service}/api/v1`;
	return `${host ?? `https://${service}.twin24.ai`}/api/v1`;
}

/**
 * A host as a person writes it, made an address: `https://` where no scheme stands, no slash at the end.
 *
 * @throws Error with a sentence for a person
 */
export function hostAddress(text: string): string {
	const full = /^https?:\/\//i.test(text) ? text : `https://${text}`;
	if (!URL.canParse(full))
		throw new Error('TWIN24_HOST is no address: write it as https://twin-ai.com.');
	const { origin, pathname } = new URL(full);
	return `${origin}${pathname.replace(/\/+$/, '')}`;
}
