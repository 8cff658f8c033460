import { createHash } from 'node:crypto';

import { DEMO_ACCOUNT, startEmulator } from '../../../../tools/emulator';
import type { Emulator, EmulatorOptions, Readings } from '../../../../tools/emulator';
import { probe } from '../../../../tools/probe/probe';
import type { ProbeOptions, ProbeResult } from '../../../../tools/probe/probe';

/** An account that shows much: calls of one moment, calls that never started, all statuses. */
export const RICH: EmulatorOptions = {
	calls: 900,
	data: {
		seed: 5,
		from: '2026-03-02T00:00:00+00:00',
		to: '2026-03-08T00:00:00+00:00',
		ties: [
			{ count: 9, at: '2026-03-07T03:00:00+00:00' },
			{ count: 8, at: '2026-03-07T05:00:00+00:00' },
			{ count: 9, at: '2026-03-02T05:00:00+00:00' },
			{ count: 9, at: '2026-03-02T07:00:00+00:00' },
		],
		bursts: false,
	},
};

/** Probes an emulator under these readings, and ends it. */
export async function probed(
	readings: Partial<Readings> = {},
	data: EmulatorOptions = RICH,
	other: Partial<ProbeOptions> = {},
	prepare: (emulator: Emulator) => void = () => undefined,
): Promise<{ result: ProbeResult; emulator: Emulator }> {
	const emulator = await startEmulator({ ...data, readings });
	try {
		prepare(emulator);
		const result = await probe({
			account: {
				email: DEMO_ACCOUNT.email,
				password:
					emulator.readings.loginPassword === 'md5'
						? md5(DEMO_ACCOUNT.password)
						: DEMO_ACCOUNT.password,
				host: `${emulator.url}${emulator.readings.pathPrefix}`,
			},
			passwordForm: emulator.readings.loginPassword,
			pause: 0,
			...other,
		});
		return { result, emulator };
	} finally {
		await emulator.close();
	}
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
