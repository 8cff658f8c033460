import type {
	IBinaryData,
	IDataObject,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { ByteSource } from './byteSource';

/** A file to be handed to n8n. */
export interface OutputFile {
	/** With its extension. */
	name: string;
	mimeType: string;
	content: Buffer | AsyncGenerator<Buffer>;
}

/** Hands a file to n8n's storage; what comes bit by bit is stored so. */
export const storeFile = async (
	context: IExecuteSingleFunctions,
	{ name, mimeType, content }: OutputFile,
): Promise<IBinaryData> => {
	type Content = Parameters<IExecuteSingleFunctions['helpers']['prepareBinaryData']>[0];
	const bytes = Buffer.isBuffer(content)
		? content
		: (new ByteSource(content) as unknown as Content);
	return await context.helpers.prepareBinaryData(bytes, name, mimeType);
};

/** The item that carries a file. */
export const fileItem = (
	json: IDataObject,
	property: string,
	file: IBinaryData,
): INodeExecutionData => ({ json, binary: { [property]: file } });
