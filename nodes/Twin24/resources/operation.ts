import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import type { ReadParameter } from '../parameters/parameter';
import type { Connection } from '../transport/request';
import { settled } from '../transport/settled';
import { toNodeError } from './nodeError';
import { connectionOf } from './requestOptions';

/** What an operation works with, for one input item. */
export interface Run {
	context: IExecutePaginationFunctions;
	/** Reads the node's parameters as they are for this item. */
	read: ReadParameter;
	itemIndex: number;
	/** What the user set under n8n's own "Request Options". */
	connection: Connection;
}

/** n8n calls it for each input item (`operations.pagination`), and takes what it returns as the output. */
export type Operation = (
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/**
 * Makes of a function an operation that n8n's routing can refer to. Everything it does, the reading of
 * its parameters included, is within one error handling, and all that it returns, errors too, belongs
 * to the input item.
 */
export const operation = (work: (run: Run) => Promise<INodeExecutionData[]>): Operation =>
	async function () {
		const itemIndex = this.getItemIndex();
		const run: Run = {
			context: this,
			read: (name, fallback) => this.getNodeParameter(name, fallback),
			itemIndex,
			connection: connectionOf(this.getNodeParameter('requestOptions', {})),
		};
		const outcome = await settled(work(run));
		const items =
			outcome.status === 'fulfilled' ? outcome.value : failedItem(this, outcome.reason, itemIndex);
		// One object for all items: n8n never changes it, and saves it once.
		const pairedItem = { item: itemIndex };
		for (const item of items) item.pairedItem = pairedItem;
		return items;
	};

/**
 * What an input item that failed yields with "Continue": its own fields and the error. An item with
 * n8n's `error` set would be stripped of everything else; for an item without other fields than
 * `error`, n8n's error output adds those of the input item itself.
 *
 * @throws the error for n8n when the node is to stop at it
 */
const failedItem = (
	context: IExecutePaginationFunctions,
	reason: unknown,
	itemIndex: number,
): INodeExecutionData[] => {
	const error = toNodeError(context.getNode(), reason, itemIndex);
	if (!context.continueOnFail()) throw error;
	const said = { error: [error.message, error.description].filter(Boolean).join('. ') };
	const hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
	return [{ json: hasErrorOutput ? said : { ...context.getInputData().json, ...said } }];
};
