import type { IHookFunctions } from 'n8n-workflow';

import { toNodeError } from '../../resources/nodeError';
import { readSettings } from './readSettings';

/**
 * What n8n calls when the workflow is published, or a test begins. TWIN24 has no request by which a URL
 * could be added to its webhooks or taken away (none that is documented), so the user does that; here a
 * wrong parameter is noticed, before events come and are refused for it.
 */
export const atActivation = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		try {
			readSettings((name, fallback) => this.getNodeParameter(name, fallback));
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
		// That of the user, who alone can know; nothing is to be created.
		return true;
	},
	async create(this: IHookFunctions): Promise<boolean> {
		return true;
	},
	async delete(this: IHookFunctions): Promise<boolean> {
		return true;
	},
};
