import type { Browser, BrowserContext } from 'playwright-core';

import { Editor } from './editor';
import type { N8n } from '../n8n-host/start-n8n';

/** A window in which the text of the editor is as large in a page of documentation as beside it. */
const WINDOW = { width: 1400, height: 900 };

/** A browser's memory: cookies and cached files. */
export async function openContext(browser: Browser, n8n?: N8n): Promise<BrowserContext> {
	const context = await browser.newContext({
		viewport: WINDOW,
		locale: 'en-GB',
		timezoneId: 'UTC',
	});
	if (n8n) {
		const [name, value] = n8n.client.session.split('=');
		await context.addCookies([{ name, value, url: n8n.url }]);
	}
	return context;
}

/**
 * Lets `steps` happen in a window of their own. Where they fail, a picture of the window is left.
 *
 * @param name what that picture is called
 */
export async function walk(
	context: BrowserContext,
	{ url }: N8n,
	name: string,
	steps: (editor: Editor) => Promise<void>,
): Promise<void> {
	const page = await context.newPage();
	const editor = new Editor(page, url);
	try {
		await steps(editor);
	} catch (error) {
		await editor.picture(`failed-${name}`);
		return await Promise.reject(error);
	} finally {
		await page.close();
	}
}
