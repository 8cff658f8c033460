import type { EmulatorProcess } from '../emulator/process';

/** Far more than any measurement has: no cap at all. */
const NO_CAP = 10_000_000;

/** Sets an emulator up for one measurement. @param latency milliseconds per page */
export async function prepare(
	{ control }: EmulatorProcess,
	{ latency, isCapped }: { latency: number; isCapped: boolean },
): Promise<void> {
	await control('POST', 'reset');
	// All lanes ask alike, whatever addresses and logins the emulator was started with.
	await control('POST', 'readings', { hosts: 'both', pathPrefix: '', loginPassword: 'plain' });
	if (latency > 0)
		await control('POST', 'faults', { kind: 'latency', ms: latency, service: 'calls' });
	if (!isCapped) await control('POST', 'readings', { maxRowsPerPeriod: NO_CAP });
}

/** Lets an emulator make its rows ready for each set of fields that will be asked for, in the order in which it will be. */
export async function warm(
	{ control }: EmulatorProcess,
	fieldLists: Iterable<string>,
): Promise<void> {
	for (const fields of new Set(fieldLists)) await control('POST', 'warm', fields.split(','));
}
