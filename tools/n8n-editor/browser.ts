/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- finds and drives the browser of the developer's machine, never published */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, selectors, type Browser } from 'playwright-core';

/** What the system's browser may be called. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** No update, no account, no name looked up: the pages are all on this machine. */
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

// n8n marks the parts of its pages with this.
selectors.setTestIdAttribute('data-test-id');

/**
 * Starts the system's Chromium or Chrome without a window: the one that TWIN24_CHROMIUM names, else the first on the
 * path, else the Chrome that is installed.
 */
export async function startBrowser(): Promise<Browser> {
	const { TWIN24_CHROMIUM, PATH = '' } = process.env;
	const onPath = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
	const executablePath = TWIN24_CHROMIUM ?? onPath.find((file) => existsSync(file));
	return await chromium.launch({
		args: ARGUMENTS,
		...(executablePath ? { executablePath } : { channel: 'chrome' }),
	});
}
