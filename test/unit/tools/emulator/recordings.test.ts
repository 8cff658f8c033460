import { closeAll, signIn, visit } from './support';

afterEach(closeAll);

async function withRecording() {
	const visitor = await visit({ calls: 30 });
	const call = visitor.emulator.table.all().find(({ recordPath }) => recordPath !== null);
	if (!call?.recordPath) throw new Error('There is no call with a recording');
	return { ...visitor, call, url: call.recordPath };
}

describe('the recordings', () => {
	it('are mp3 files on a host of their own, one like no other, the same every time', async () => {
		const { emulator, url, call } = await withRecording();
		expect(url.startsWith(`${emulator.recordsUrl}/records//1758/`)).toBe(true);
		expect(new URL(url).host).not.toBe(new URL(emulator.url).host);
		const response = await fetch(url);
		expect(response.headers.get('content-type')).toBe('audio/mpeg');
		const bytes = Buffer.from(await response.arrayBuffer());
		expect(bytes.subarray(0, 3).toString()).toBe('ID3');
		expect(bytes.toString('latin1')).toContain(call.id);
		const frame = bytes.indexOf(Buffer.from([0xff, 0xf3, 0x28, 0xc0]));
		expect((bytes.length - frame) % 72).toBe(0);
		expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(bytes);
	});

	it('are served for calls that a test inserted', async () => {
		const { emulator } = await visit();
		const [call] = emulator.table.insert({
			id: 'mine',
			recordPath: `${emulator.recordsUrl}/records//1/2025/01/01/mine.mp3`,
		});
		expect((await fetch(call.recordPath ?? '')).status).toBe(200);
	});

	it('of nobody are 404, in the words of an object store', async () => {
		const { emulator } = await visit();
		const response = await fetch(`${emulator.recordsUrl}/records//1758/2025/01/01/none.mp3`);
		expect(response.status).toBe(404);
		expect(await response.text()).toContain('NoSuchKey');
	});

	it('can be missing, a web page, or elsewhere', async () => {
		const { emulator, url, call } = await withRecording();
		emulator.records.behave(call.id, { missing: true });
		expect((await fetch(url)).status).toBe(404);
		emulator.records.behave(call.id, { html: true });
		expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
		emulator.records.behave(call.id, { redirect: `${emulator.url}/elsewhere` });
		const moved = await fetch(url, { redirect: 'manual' });
		expect([moved.status, moved.headers.get('location')]).toEqual([
			302,
			`${emulator.url}/elsewhere`,
		]);
		emulator.reset();
		expect((await fetch(url)).status).toBe(200);
	});

	it('can be large, streamed in full', async () => {
		const { emulator, url, call } = await withRecording();
		emulator.records.behave(call.id, { size: 20_000_000 });
		const response = await fetch(url);
		const length = Number(response.headers.get('content-length'));
		expect(Math.abs(length - 20_000_000)).toBeLessThan(100);
		let received = 0;
		for await (const part of response.body ?? []) received += (part as Uint8Array).length;
		expect(received).toBe(length);
	});

	it('note whether a token came, and are struck by faults', async () => {
		const { emulator, url } = await withRecording();
		await fetch(url);
		await fetch(url, { headers: { authorization: `Bearer ${await signIn(emulator)}` } });
		emulator.faults.add({ service: 'records', kind: 'status', status: 503 });
		expect((await fetch(url)).status).toBe(503);
		expect(emulator.log.entries.filter(({ service }) => service === 'records')).toMatchObject([
			{ authorization: false, account: null, status: 200 },
			{ authorization: true, account: 'demo@twin24.test', status: 200 },
			{ authorization: false, status: 503 },
		]);
	});
});
