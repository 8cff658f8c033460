import { credentialFor } from '../n8n';
import { fieldsOf, PAGE, PARALLEL, PERIOD, REPORT, WARM_UP_PAGES } from '../work';
import type { MakeRunner } from './lane';

interface Page {
	count: number;
	items: Array<{ id: string }>;
}

/**
 * As little as can be: the first page tells how many there are, then the others are fetched with as
 * many in flight as the node has. No retries, no checks, no n8n.
 */
export const fetchLane: MakeRunner = async ({ url, fieldSet }) => {
	const { email, password } = credentialFor(url);
	const login = await fetch(`${url}/api/v1/auth/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ email, password }),
	});
	const { token } = (await login.json()) as { token: string };
	const page = async (offset: number): Promise<Page> => {
		const query = {
			...PERIOD,
			fields: fieldsOf(fieldSet),
			sort: '-createdAt',
			limit: PAGE,
			offset,
		};
		const text = new URLSearchParams(
			Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
		);
		const answer = await fetch(`${url}${REPORT}?${text.toString()}`, {
			headers: { authorization: `Bearer ${token}` },
		});
		if (!answer.ok)
			throw new Error(`The emulator answered ${answer.status}: ${await answer.text()}`);
		return (await answer.json()) as Page;
	};
	return {
		warmUp: async () => {
			for (let number = 0; number < WARM_UP_PAGES; number++) await page(number * PAGE);
		},
		run: async () => {
			const first = await page(0);
			const pages = [first.items];
			let next = 1;
			const worker = async () => {
				for (let number = next++; number * PAGE < first.count; number = next++) {
					pages[number] = (await page(number * PAGE)).items;
				}
			};
			await Promise.all(Array.from({ length: PARALLEL }, worker));
			return { count: () => new Set(pages.flat().map(({ id }) => id)).size };
		},
	};
};
