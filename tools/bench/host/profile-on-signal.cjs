/**
 * Loaded into an n8n by `--require`: the first SIGUSR2 starts a profile of the processor, the next one
 * writes it into the folder TWIN24_PROFILE, for the "Performance" tab of Chrome's DevTools.
 */
const { writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { join } = require('node:path');

let session;
let profiles = 0;
process.on('SIGUSR2', () => {
	if (session) {
		session.post('Profiler.stop', (error, result) => {
			const file = join(process.env.TWIN24_PROFILE, `n8n-${++profiles}.cpuprofile`);
			writeFileSync(file, JSON.stringify(result.profile));
		});
		session.disconnect();
		session = undefined;
		return;
	}
	session = new Session();
	session.connect();
	session.post('Profiler.enable');
	session.post('Profiler.start');
});
