/** Longest piece of the API's own words that is shown. */
const LONGEST_QUOTE = 500;

/**
 * The API's own words in an error body: from `error`, `message`, `details`, `detail`, `errors` (as
 * text, list or object, nested or not), or the visible text of an HTML page.
 */
export const apiWords = (body: unknown): string | undefined => {
	const words = [...new Set(collectWords(parsed(body), 0))].join(': ').replace(/\s+/g, ' ').trim();
	return words ? cutShort(words.replace(TOKEN, '(token)')) : undefined;
};

/** Most characters that are kept of an error body: the refusal of 1,000 people, each named. */
const LONGEST_BODY = 100_000;

/**
 * An error body as data, for whoever looks for more in it than words; without tokens.
 * @returns undefined when it is no JSON object or list, or a very long or deep one
 */
export const bodyData = (body: unknown): object | undefined => {
	const data = parsed(body);
	if (typeof data !== 'object' || data === null) return undefined;
	const text = writtenOut(data);
	if (text === undefined || text.length > LONGEST_BODY) return undefined;
	return JSON.parse(text.replace(TOKEN, '(token)')) as object;
};

/** Text of a body that came as text or as bytes. */
export const textOf = (body: unknown): string | undefined =>
	body instanceof Uint8Array
		? new TextDecoder().decode(body)
		: typeof body === 'string'
			? body
			: undefined;

/** What a body that came as text or as bytes holds as JSON; `otherwise` makes something of any other text. */
export const contentOf = (
	body: unknown,
	otherwise: (text: string) => unknown = (text) => text,
): unknown => {
	const text = textOf(body);
	if (text === undefined) return body;
	try {
		return JSON.parse(text);
	} catch {
		return otherwise(text);
	}
};

/** Whether a body is a web page, which no service of TWIN24 answers with. */
export const isHtml = (body: unknown): boolean =>
	/^\s*(<!doctype html|<html|<head|<body)/i.test(textOf(body) ?? '');

/** A JWT, which an API or a proxy may echo in its complaint. */
const TOKEN = /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g;

const cutShort = (words: string) =>
	words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words;

/** As JSON; undefined where it nests so deep that the stack does not suffice. */
const writtenOut = (data: object): string | undefined => {
	try {
		return JSON.stringify(data);
	} catch {
		return undefined;
	}
};

const parsed = (body: unknown): unknown =>
	contentOf(body, (text) => (isHtml(text) ? visibleText(text) : text));

const collectWords = (value: unknown, depth: number): string[] => {
	if (typeof value === 'string') return value.trim() ? [value.trim()] : [];
	if (depth > 3 || typeof value !== 'object' || value === null) return [];
	if (Array.isArray(value))
		return value.slice(0, 5).flatMap((entry) => collectWords(entry, depth + 1));
	const entries = value as Record<string, unknown>;
	const named = ['error', 'message', 'details', 'detail', 'errors'].flatMap((key) =>
		collectWords(entries[key], depth + 1),
	);
	if (named.length > 0 || depth === 0) return named;
	return Object.values(entries)
		.slice(0, 5)
		.flatMap((entry) => collectWords(entry, depth + 1));
};

const visibleText = (html: string): string =>
	html
		.slice(0, 20_000)
		.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&nbsp;/g, ' ');
