import { listedOrById } from '../../parameters/locator';

/** The bot of something: its script. */
export const botIdFor = (description: string, remedy = 'Choose a bot.') =>
	listedOrById({
		displayName: 'Bot',
		name: 'botId',
		description,
		searchListMethod: 'searchBots',
		one: 'bot',
		example: '3f2b6c1e-0d4a-4f0f-9a3b-5f6c7d8e9f01',
		idHint: 'The ID of a bot is the field "botId" of its calls',
		remedy: `${remedy} The ID of a bot is the field "botId" of its calls.`,
	});
