import { freePort } from '../ports';
import { dataFolder, runTool, startDaemon, type Daemon } from './daemon';

/** Starts a Redis of its own on a free port of 127.0.0.1, which keeps nothing on disk. */
export async function startRedis(): Promise<Daemon> {
	const port = await freePort();
	const folder = await dataFolder('redis');
	const settings = {
		port: String(port),
		bind: '127.0.0.1',
		dir: folder,
		save: '',
		appendonly: 'no',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
	const isReady = async () => {
		const answer = await runTool('redis-cli', [
			'-h',
			'127.0.0.1',
			'-p',
			String(port),
			'ping',
		]).catch(() => '');
		return answer.trim() === 'PONG';
	};
	return await startDaemon('redis-server', args, { port, folder, isReady });
}
