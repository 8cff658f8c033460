import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { DEMO_ACCOUNT, startEmulator } from '../../../tools/emulator';
import type { Emulator, EmulatorOptions } from '../../../tools/emulator';
import {
	createEngine,
	type Engine,
	type RunOptions,
	type RunResult,
} from '../../../tools/n8n-engine';
import { emulatorCredential } from '../../../tools/n8n-host/emulator-credential';

/** The node in n8n-core, and a TWIN24 for it to talk to. */
export class Setting {
	private constructor(
		readonly engine: Engine,
		readonly twin24: Emulator,
	) {}

	static async open(options: EmulatorOptions = {}): Promise<Setting> {
		return new Setting(await createEngine(), await startEmulator(options));
	}

	/** A credential for the emulator, with other values where a test wants them. */
	credential(other: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject {
		return { ...emulatorCredential(this.twin24.url, DEMO_ACCOUNT), ...other };
	}

	/** Runs an operation once with a new credential, unless the options hold one. */
	async run(
		operation: string,
		parameters: INodeParameters = {},
		options: RunOptions = {},
	): Promise<RunResult> {
		return await this.engine.run({
			node: 'twin24Calls',
			credentials: { twin24Api: this.credential() },
			...options,
			parameters: { resource: 'call', operation, ...parameters },
		});
	}

	/** Forgets what was, once the requests that an ended search left behind are answered. */
	async reset(): Promise<void> {
		const { log, faults } = this.twin24;
		// n8n 1 leaves a connection open when a request has waited too long.
		faults.clear();
		for (log.clear(); log.maxInFlight() > 0; log.clear()) await new Promise(setImmediate); // eslint-disable-line @n8n/community-nodes/no-restricted-globals -- waits for a state, turn by turn
		this.twin24.reset();
		this.engine.clearLogs();
	}

	async close(): Promise<void> {
		await this.twin24.close();
		this.engine.close();
	}
}
