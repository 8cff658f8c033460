import type { Download, Locator, Page } from 'playwright-core';

import type { Login } from '../n8n-host';
import { screenshotOf } from './screenshots';

/** Longest wait for anything that the editor shows, in milliseconds; what it waits for is always a state. */
const PATIENCE = 45_000;

/** A script for the page, which has no types here; an animation that goes on for ever is not waited for. */
const ANIMATIONS_TO_END = `Promise.allSettled(
	document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime < Infinity).map(({ finished }) => finished),
)`;

/** Messages come and go in a corner of the page; they would hide what is there. */
const HIDE_TOASTS = '.el-notification { visibility: hidden }';

/** n8n's editor as a person uses it: what is on the page is found by its words and n8n's own marks. */
export class Editor {
	/** @param url n8n's address, without a slash at the end */
	constructor(
		readonly page: Page,
		readonly url: string,
	) {
		page.setDefaultTimeout(PATIENCE);
	}

	/** Leaves a picture of the page as it is now. */
	async picture(step: string): Promise<void> {
		// Away from what would change under it, and not before icons have come and labels have faded in.
		await this.page.mouse.move(0, 0);
		await this.page.waitForLoadState('networkidle');
		await this.page.evaluate(ANIMATIONS_TO_END);
		await this.page.screenshot({
			path: screenshotOf(step),
			animations: 'disabled',
			style: HIDE_TOASTS,
		});
	}

	async signIn({ email, password }: Login): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.locator('input[name=emailOrLdapLoginId]').fill(email);
		await this.page.locator('input[name=password]').fill(password);
		await this.page.getByRole('button', { name: 'Sign in' }).click();
		await this.page.waitForURL(/\/home\//);
	}

	/** Opens the dialog of a new credential. */
	async newCredential(type: string): Promise<CredentialDialog> {
		await this.page.goto(`${this.url}/home/credentials`);
		await this.page.getByRole('button', { name: 'Create credential' }).first().click();
		await this.page.getByPlaceholder('Search for app...').fill(type);
		await this.page.getByText(type, { exact: true }).first().click();
		await this.page.getByRole('button', { name: 'Continue' }).click();
		return new CredentialDialog(this.page.getByTestId('editCredential-modal'));
	}

	/** Opens an empty workflow and its panel of nodes. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-plus-button').click();
		await this.searchBar.waitFor();
	}

	private get searchBar(): Locator {
		return this.page.getByTestId('node-creator-search-bar');
	}

	/** The entries of the panel of nodes: nodes, or the actions of a node. */
	get entries(): Locator {
		return this.page.getByTestId('node-creator-item-name');
	}

	private entry(name: string): Locator {
		return this.entries.filter({ hasText: new RegExp(`^\\s*${escaped(name)}\\s*$`) }).first();
	}

	/** Types into the panel of nodes and waits until it offers a node of this name. */
	async searchNodes(words: string, expected: string): Promise<void> {
		await this.searchBar.fill(words);
		await this.entry(expected).waitFor();
	}

	/** Adds the node, which the panel shows, by one of its actions; its details open. */
	async addAction(node: string, action: string): Promise<NodeDetails> {
		await this.entry(node).click();
		await this.page
			.getByTestId('node-creator-category-item')
			.filter({ hasText: 'Actions' })
			.click();
		await this.entry(action).click();
		return await this.details();
	}

	/** Begins a workflow with a trigger, by the name of its node and of what it waits for; its details open. */
	async newTrigger(node: string, trigger: string): Promise<NodeDetails> {
		await this.newWorkflow();
		await this.searchNodes(node, node);
		await this.entry(node).click();
		await this.entry(trigger).click();
		return await this.details();
	}

	/** Presses "Publish" above the canvas and in the dialogs that follow. */
	async publish(): Promise<void> {
		await this.page.getByRole('button', { name: 'Publish' }).first().click();
		await this.page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
		await this.page.getByRole('button', { name: 'Got it' }).click();
		await this.page.getByRole('button', { name: 'Published' }).waitFor();
	}

	/** Shows the executions of the workflow. */
	async openExecutions(): Promise<void> {
		await this.page.getByRole('radio', { name: 'Executions' }).click();
	}

	/** Waits until the list of executions shows one, and opens it. */
	async seesExecution(id: string): Promise<void> {
		const loaded = this.page.waitForResponse((response) =>
			new URL(response.url()).pathname.endsWith(`/rest/executions/${id}`),
		);
		await this.page.locator(`a[href$="/executions/${id}"]`).click();
		await loaded;
		await this.page.getByText(`ID#${id}`).waitFor();
		// Until then the canvas shows the execution before, behind a spinner.
		await this.page.locator('[class*="loadingOverlay"]').waitFor({ state: 'hidden' });
	}

	/** Puts a node behind the last one. */
	async addNext(node: string): Promise<NodeDetails> {
		await this.page.getByTestId('canvas-handle-plus').last().click();
		await this.searchNodes(node, node);
		await this.entry(node).click();
		return await this.details();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** How many nodes the canvas shows, notes not among them. */
	async nodesShown(): Promise<number> {
		return await this.page.getByTestId('canvas-node').count();
	}

	/** Opens the details of a node on the canvas. */
	async openNode(name: string): Promise<NodeDetails> {
		await this.page.getByTestId('canvas-node').filter({ hasText: name }).first().dblclick();
		return await this.details();
	}

	/** Opens Settings, Community nodes. */
	async openCommunityNodes(): Promise<void> {
		await this.page.goto(`${this.url}/settings/community-nodes`);
		await this.page.getByRole('button', { name: 'Install a community node' }).first().waitFor();
	}

	/** Installs a package by its name, as the dialog asks. */
	async installCommunityPackage(name: string): Promise<void> {
		await this.page.getByRole('button', { name: 'Install a community node' }).first().click();
		const dialog = this.page.getByTestId('communityPackageInstall-modal');
		await dialog.getByRole('textbox').fill(name);
		await dialog.getByTestId('user-agreement-checkbox').click();
		await dialog.getByTestId('install-community-package-button').click();
		await dialog.waitFor({ state: 'hidden' });
	}

	private async details(): Promise<NodeDetails> {
		const panel = this.page.getByTestId('ndv');
		await panel.waitFor();
		return new NodeDetails(panel, this.page);
	}

	/** Presses "Execute workflow" on the canvas. */
	async executeWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	/** Presses the stop button on the canvas. */
	async stopExecution(): Promise<void> {
		await this.page.getByTestId('stop-execution-button').click();
	}
}

/** The dialog of one credential. */
class CredentialDialog {
	constructor(readonly dialog: Locator) {}

	async fill(field: string, value: string): Promise<void> {
		await this.dialog.getByTestId(`parameter-input-${field}`).locator('input').fill(value);
	}

	async toggle(field: string): Promise<void> {
		await this.dialog.getByTestId(`parameter-input-${field}`).locator('.el-switch').click();
	}

	/** Saves, which makes n8n test the credential. */
	async save(): Promise<void> {
		await this.dialog.getByTestId('credential-save-button').getByRole('button').click();
	}

	/** Waits until n8n says that the test went well. */
	async seesSuccess(): Promise<void> {
		await this.dialog.getByText('Connection tested successfully').waitFor();
	}

	/** Waits until n8n says that the test went wrong, and unfolds why. */
	async readFailure(): Promise<string> {
		const failure = this.dialog
			.getByTestId('credentials-config-container-test-fail')
			.or(this.dialog);
		await this.dialog.getByText('More details').first().click();
		return await failure.first().innerText();
	}
}

/** The details of one node: what comes in, the parameters, what goes out. */
class NodeDetails {
	constructor(
		readonly panel: Locator,
		private readonly page: Page,
	) {}

	get input(): Locator {
		return this.panel.getByTestId('ndv-input-panel');
	}

	get output(): Locator {
		return this.panel.getByTestId('output-panel');
	}

	/** Says how many items came out. */
	get outputCount(): Locator {
		return this.output.getByTestId('run-data-item-count');
	}

	/** Waits until so many items came out. */
	async seesItems(count: number): Promise<void> {
		await this.outputCount.getByText(new RegExp(`^${count} items?$`)).waitFor();
	}

	/** A hint of n8n's above the output, by some of its words. */
	hint(words: string): Locator {
		return this.output.getByTestId('node-hint').filter({ hasText: words });
	}

	/** Changes a switch of the node's "Settings", e.g. `toggleSetting('executeOnce')`, and goes back to the parameters. */
	async toggleSetting(name: string): Promise<void> {
		const tab = (title: string) => this.panel.getByTestId(`tab-${title}`);
		await tab('settings').click();
		await this.parameter(name).locator('.el-switch').click();
		await tab('params').click();
	}

	parameter(name: string): Locator {
		return this.panel.getByTestId(`parameter-input-${name}`);
	}

	/** Picks an option of a parameter by its name. */
	async choose(parameter: string, option: string): Promise<void> {
		await this.parameter(parameter).click();
		await this.option(option).click();
	}

	/** An entry of the list that is open. */
	option(name: string): Locator {
		return this.page
			.getByRole('option')
			.filter({ has: this.page.getByText(name, { exact: true }), visible: true });
	}

	/** Opens the list of what may be added to a collection. @returns its entries */
	private async openAdditions(collection: string): Promise<Locator> {
		const label = this.page.getByTestId('input-label').filter({ hasText: collection });
		const item = this.panel.getByTestId('parameter-item').filter({ has: label }).last();
		await item.getByTestId('collection-parameter-add').click();
		return this.page.getByTestId('collection-parameter-option').filter({ visible: true });
	}

	/** What may be added to a collection, e.g. `additions('Filters')`. */
	async additions(collection: string): Promise<string[]> {
		const entries = await this.openAdditions(collection);
		await entries.first().waitFor();
		const names = await entries.allInnerTexts();
		await this.page.keyboard.press('Escape');
		await entries.first().waitFor({ state: 'hidden' });
		return names.map((name) => name.trim());
	}

	/** Adds an entry to a collection, e.g. `add('Filters', 'Status')`. */
	async add(collection: string, name: string): Promise<void> {
		const entries = await this.openAdditions(collection);
		await entries.filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) }).click();
	}

	async execute(): Promise<void> {
		await this.panel.getByTestId('node-execute-button').first().click();
	}

	/** Shows what came out, or came in, as "Schema", "Table" or "JSON". */
	async show(side: Locator, view: string): Promise<void> {
		await side.getByText(view, { exact: true }).click();
	}

	/** Opens the list of a resource locator. */
	async openList(parameter: string): Promise<void> {
		await this.panel.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
	}

	/** An entry of the resource locator's list that is open. */
	entry(name: string): Locator {
		return this.page.getByTestId('rlc-item').filter({ hasText: name, visible: true }).first();
	}

	/** Presses the button that downloads a file of the output. */
	async download(): Promise<Download> {
		const [download] = await Promise.all([
			this.page.waitForEvent('download'),
			this.output.getByRole('button', { name: 'Download' }).first().click(),
		]);
		return download;
	}

	async close(): Promise<void> {
		await this.panel.getByTestId('ndv-close-button').click();
		await this.panel.waitFor({ state: 'hidden' });
	}
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
