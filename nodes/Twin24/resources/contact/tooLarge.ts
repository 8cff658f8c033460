import { RequestError } from '../../transport/request';

/** Words of a refusal that is about how many people were sent, in English and Russian. */
const SIZE =
	/too (?:many|large|big|long)|batch size|at most \d+|no more than \d+|max(?:imum)? (?:\w+ )?(?:size|length|number|count)|слишком (?:много|больш)|не (?:более|больше) \d+|превыша|размер/i;

/**
 * Whether a request was refused as a whole because too many people were in it: with 413, or with a 400 or
 * 422 that speaks of size. Nobody of it was taken then.
 */
export const isTooLarge = (error: unknown): boolean => {
	if (!(error instanceof RequestError) || error.outcomeUnknown) return false;
	const { status, apiWords = '' } = error;
	return status === 413 || ((status === 400 || status === 422) && SIZE.test(apiWords));
};
