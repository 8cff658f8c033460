import { pickFromList } from '../pickFromList';
import { BOTS_PATH, BOTS_QUERY } from './api';

/** Finds bots by their names, for the list of a resource locator. */
export const searchBots = pickFromList({
	service: 'bot',
	path: BOTS_PATH,
	query: BOTS_QUERY,
	// The list of bots has no search of its own.
	searches: false,
	many: 'bots',
	remedy: 'Choose "By ID" and give the ID of the bot, which is the field "botId" of its calls.',
	reasons: {
		403: 'This TWIN24 account may not see the bots (HTTP 403)',
		404: 'There are no bots at the Bots URL of the credential (HTTP 404)',
	},
});
