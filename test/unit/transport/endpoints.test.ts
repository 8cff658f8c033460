import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Twin24Api } from '../../../credentials/Twin24Api.credentials';
import { accountOf } from '../../../nodes/Twin24/transport/account';
import { ENDPOINTS, SERVICES, urlExpression } from '../../../nodes/Twin24/transport/endpoints';
import type { Service } from '../../../nodes/Twin24/transport/endpoints';

/** A credential as n8n hands it over: with the defaults of the dialog where nothing was typed. */
const credential = (typed: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject => ({
	...(Object.fromEntries(
		new Twin24Api().properties.map(({ name, default: value }) => [name, value]),
	) as ICredentialDataDecryptedObject),
	email: 'name@example.com',
	password: 'secret',
	...typed,
});

const urlsOf = (typed: ICredentialDataDecryptedObject) => {
	const account = accountOf(credential(typed));
	return Object.fromEntries(
		SERVICES.map((service) => [service, account[ENDPOINTS[service].field]]),
	);
};

const OWN = {
	analyse: 'https://analyse.twin24.ai',
	iam: 'https://iam.twin24.ai',
	cis: 'https://cis.twin24.ai',
	bot: 'https://bot.twin24.ai',
};

test.each<[string, ICredentialDataDecryptedObject, Record<Service, string>]>([
	['twin24.ai unless told otherwise', {}, OWN],
	['twin24.ai when other addresses are wanted and none is given', { customUrls: true }, OWN],
	[
		'twin24.ai while other addresses are switched off',
		{ customUrls: false, hostUrl: 'https://twin-ai.com', botsUrl: 'https://bots.example.com' },
		OWN,
	],
	[
		'one host with the service in the path',
		{ customUrls: true, hostUrl: ' https://twin-ai.com// ' },
		{
			analyse: 'https://twin-ai.com/analyse',
			iam: 'https://twin-ai.com/iam',
			cis: 'https://twin-ai.com/cis',
			bot: 'https://twin-ai.com/bot',
		},
	],
	[
		"a service's own address, path and all, before the host's",
		{
			customUrls: true,
			hostUrl: 'https://twin-ai.com',
			tasksUrl: 'https://dial.example.com/v/cis/',
		},
		{
			analyse: 'https://twin-ai.com/analyse',
			iam: 'https://twin-ai.com/iam',
			cis: 'https://dial.example.com/v/cis',
			bot: 'https://twin-ai.com/bot',
		},
	],
	[
		'what a credential of 0.1.0 holds',
		{
			customUrls: true,
			baseUrl: 'https://twin-ai.com/analyse',
			authUrl: 'https://iam.twin-ai.com',
			tasksUrl: OWN.cis,
		},
		{
			analyse: 'https://twin-ai.com/analyse',
			iam: 'https://iam.twin-ai.com',
			cis: OWN.cis,
			bot: OWN.bot,
		},
	],
])('the services are at %s', (_where, typed, urls) => {
	expect(urlsOf(typed)).toEqual(urls);
});

test.each(SERVICES)(
	'a request that n8n makes out of a description goes to the same address: %s',
	(service) => {
		const expression = urlExpression(service).replace(/^=\{\{|\}\}$/g, '');
		// n8n's own evaluation of it is part of the engine tests; here it is about all the cases.
		// eslint-disable-next-line @n8n/community-nodes/no-dangerous-functions -- the expression is ours
		const evaluate = new Function('$credentials', `return ${expression}`) as (
			credentials: ICredentialDataDecryptedObject,
		) => string;
		for (const customUrls of [true, false, undefined]) {
			for (const hostUrl of ['', 'https://twin-ai.com', ' https://twin-ai.com/x// ', undefined]) {
				for (const own of ['', ' ', 'https://own.example.com/path/', undefined]) {
					const typed = { customUrls, hostUrl, [ENDPOINTS[service].field]: own };
					const credentials = credential(typed as ICredentialDataDecryptedObject);
					expect(evaluate(credentials)).toBe(accountOf(credentials)[ENDPOINTS[service].field]);
				}
			}
		}
	},
);
