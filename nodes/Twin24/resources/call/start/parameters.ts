import { filledText } from '../../../parameters/text';
import { botIdFor } from '../../bot/botId';
import { optionsWith } from '../../contact/person';

/** The parameters that only a start has. */

export const botId = botIdFor('The bot that talks to the person');

const templateId = filledText({
	displayName: 'Template ID',
	name: 'templateId',
	description:
		'ID of the call-task template of the cabinet whose settings the task gets. Without it, the template that is marked as default.',
	remedy: 'Give the ID of a template, or remove the option.',
});

export const startOptions = optionsWith({ templateId });
