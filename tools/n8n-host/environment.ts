/* eslint-disable @n8n/community-nodes/no-restricted-globals -- passes on what programs need of the machine, never published */

/** What of this process's environment n8n gets to see: nothing of npm's, nor a developer's own N8N_… settings. */
const PASSED_ON = [
	'PATH',
	'HOME',
	'USER',
	'LANG',
	'LC_ALL',
	'TZ',
	'TMPDIR',
	'SHELL',
	'APPDATA',
	'COMSPEC',
	'LOCALAPPDATA',
	'PATHEXT',
	'SYSTEMROOT',
	'TEMP',
	'TMP',
	'USERPROFILE',
	'WINDIR',
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'NO_PROXY',
	'http_proxy',
	'https_proxy',
	'no_proxy',
	'NODE_EXTRA_CA_CERTS',
];

/** Everything by which n8n would ask something of the internet of its own accord. */
const STAY_HOME = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

/**
 * The environment of an n8n that serves only this machine and talks to nobody unasked.
 *
 * @param port where n8n listens; `brokerPort` is for n8n's own task runners, one per n8n
 * @param extra settings of n8n's that add to these or replace them
 */
export function n8nEnvironment(
	userFolder: string,
	port: number,
	brokerPort: number,
	extra: Record<string, string> = {},
): Record<string, string> {
	const passedOn = Object.fromEntries(
		PASSED_ON.flatMap((name) =>
			process.env[name] === undefined ? [] : [[name, process.env[name]]],
		),
	);
	return {
		...passedOn,
		...STAY_HOME,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// The editor is served over plain http.
		N8N_SECURE_COOKIE: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LOG_LEVEL: 'warn',
		...extra,
	};
}
