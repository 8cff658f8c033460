import { ApiError } from './reply';

/** The body's JSON object. Throws an ApiError for anything else. */
export function readJsonObject(body: Buffer): Record<string, unknown> {
	try {
		const given: unknown = JSON.parse(body.toString());
		if (typeof given === 'object' && given !== null && !Array.isArray(given))
			return given as Record<string, unknown>;
	} catch {
		// Falls through to the same answer as for JSON that is no object.
	}
	throw new ApiError(400, 'Некорректный JSON.', 'Тело запроса должно быть объектом JSON.');
}
