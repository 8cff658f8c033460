import type { Browser, BrowserContext } from 'playwright-core';

import { DEMO_ACCOUNT, startEmulator } from '../../../tools/emulator';
import type { Emulator, EmulatorOptions } from '../../../tools/emulator';
import { startBrowser } from '../../../tools/n8n-editor/browser';
import { openContext } from '../../../tools/n8n-editor/walk';
import { CREDENTIAL_TYPE, emulatorCredential, type SavedCredential } from '../../../tools/n8n-host';
import { startN8n, type N8n, type N8nOptions } from '../../../tools/n8n-host/start-n8n';

/** A real n8n with the package in it, a TWIN24, and a credential of the one for the other. */
export class Stage {
	private browsers: Browser[] = [];

	private constructor(
		readonly emulator: Emulator,
		readonly n8n: N8n,
		readonly credential: SavedCredential,
	) {}

	/** @param n8nOptions what differs from an n8n with `dist` in a folder of its own */
	static async open(
		options: EmulatorOptions,
		n8nOptions: Partial<N8nOptions> = {},
	): Promise<Stage> {
		const emulator = await startEmulator(options);
		const n8n = await startN8n({ install: 'dist', ...n8nOptions }).catch(async (error: unknown) => {
			await emulator.close();
			throw error;
		});
		const credential = await n8n.client.saveCredential(
			'TWIN24',
			CREDENTIAL_TYPE,
			emulatorCredential(emulator.url, DEMO_ACCOUNT),
		);
		return new Stage(emulator, n8n, credential);
	}

	/** A browser, and in it a context whose pages are signed in and share what they have loaded. */
	async openBrowser(): Promise<{ browser: Browser; signedIn: BrowserContext }> {
		const browser = await startBrowser();
		this.browsers.push(browser);
		return { browser, signedIn: await openContext(browser, this.n8n) };
	}

	/** Ends all of it. */
	async close(): Promise<void> {
		for (const browser of this.browsers) await browser.close();
		await this.n8n.stop();
		await this.emulator.close();
	}
}
