/**
 * Reads the notation in which n8n gives out a saved execution: one JSON array whose first entry is the whole, and in
 * which every string inside an object or array is the index of the entry that it stands for.
 */
export function parseFlatted<T>(text: string): T {
	const entries = JSON.parse(text) as unknown[];
	const done = new Set<object>();

	const resolve = (reference: unknown): unknown =>
		typeof reference === 'string' ? unfold(entries[Number(reference)]) : unfold(reference);

	const unfold = (value: unknown): unknown => {
		if (typeof value !== 'object' || value === null || done.has(value)) return value;
		done.add(value);
		const holder = value as Record<string, unknown>;
		for (const key of Object.keys(holder)) holder[key] = resolve(holder[key]);
		return value;
	};

	return unfold(entries[0]) as T;
}
