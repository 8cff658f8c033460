import { ByteSource } from '../../../nodes/Twin24/files/byteSource';

describe('ByteSource', () => {
	async function* bytes(fail = false) {
		yield Buffer.from('ab');
		yield Buffer.from('cd');
		if (fail) await Promise.reject(new Error('lost'));
	}
	const listen = async (source: ByteSource) =>
		await new Promise<string>((resolve, reject) => {
			const chunks: Buffer[] = [];
			const onData = (chunk: unknown) => void chunks.push(chunk as Buffer);
			source.on('data', onData);
			source.once('end', () => resolve(Buffer.concat(chunks).toString()));
			source.once('error', reject);
		});

	test('comes as an iterable', async () => {
		const chunks: Buffer[] = [];
		for await (const chunk of new ByteSource(bytes())) chunks.push(chunk);
		expect(Buffer.concat(chunks).toString()).toBe('abcd');
	});
	test('comes by events', async () => expect(await listen(new ByteSource(bytes()))).toBe('abcd'));
	test('tells of a failure', async () =>
		await expect(listen(new ByteSource(bytes(true)))).rejects.toThrow('lost'));
	test('says no more to who has left', async () => {
		const heard: unknown[] = [];
		const source = new ByteSource(bytes());
		const onData = (chunk: unknown) => {
			heard.push(chunk);
			source.off('data', onData);
		};
		source.on('data', onData);
		await new Promise<void>((resolve) => void source.once('close', () => resolve()));
		expect(heard).toHaveLength(1);
	});
});
