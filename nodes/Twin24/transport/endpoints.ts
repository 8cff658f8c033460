/** The services of TWIN24 that the package talks to, by the words that stand in the path on one host. */
export type Service = 'analyse' | 'iam' | 'cis' | 'bot';

/** The field of the credential that holds a service's own address. */
export type UrlField = 'baseUrl' | 'authUrl' | 'tasksUrl' | 'botsUrl';

interface Endpoint {
	/** Field of the credential with the service's own address, which wins over "Host URL". */
	field: UrlField;
	/** The field's label in the dialog. */
	label: string;
	/** Address of the service on twin24.ai. */
	url: string;
}

/**
 * Where each service is. An account elsewhere (twin-ai.com, a white label) has one host with the
 * service in the path: `https://HOST/analyse/api/v1/…`.
 */
export const ENDPOINTS: Record<Service, Endpoint> = {
	analyse: { field: 'baseUrl', label: 'Base URL', url: 'https://analyse.twin24.ai' },
	iam: { field: 'authUrl', label: 'Auth URL', url: 'https://iam.twin24.ai' },
	cis: { field: 'tasksUrl', label: 'Tasks URL', url: 'https://cis.twin24.ai' },
	bot: { field: 'botsUrl', label: 'Bots URL', url: 'https://bot.twin24.ai' },
};

export const SERVICES = Object.keys(ENDPOINTS) as Service[];

/** What the dialog's address fields hold, each perhaps empty. */
export type CustomUrls = Partial<Record<UrlField | 'hostUrl', string>>;

/**
 * Address of a service, without a slash at its end: its own, else the path on the one host, else the
 * one on twin24.ai.
 */
export const urlOf = (service: Service, urls: CustomUrls): string => {
	const { field, url } = ENDPOINTS[service];
	const own = withoutSlash(urls[field]);
	const host = withoutSlash(urls.hostUrl);
	return own || (host && `${host}/${service}`) || url;
};

/** A web address without spaces around it and slashes at its end. */
export const withoutSlash = (url: unknown): string =>
	typeof url === 'string' ? url.trim().replace(/\/+$/, '') : '';

/**
 * The same as `urlOf`, as an expression of n8n's over the credential, for requests that n8n makes out
 * of a description: `requestDefaults` of a node, `test` of the credential.
 */
export const urlExpression = (service: Service): string => {
	const { field, url } = ENDPOINTS[service];
	const filled = (name: string) =>
		`($credentials.customUrls && $credentials.${name} || "").trim().replace(/\\/+$/, "")`;
	return `={{ ${filled(field)} || (${filled('hostUrl')} && ${filled('hostUrl')} + "/${service}") || "${url}" }}`;
};
