import { readCommand } from '../../../../tools/probe/command-line';

const questions = {
	email: async () => await Promise.resolve('typed@example.test'),
	password: async () => await Promise.resolve('typed'),
};

const env = { TWIN24_EMAIL: 'a@example.test', TWIN24_PASSWORD: 'secret' };

describe('the command line of the probe', () => {
	it('takes the account from the environment', async () => {
		const given = { ...env, TWIN24_HOST: 'twin-ai.com/', TWIN24_COMPANY: '7' };
		expect(await readCommand([], given, questions)).toMatchObject({
			account: {
				email: 'a@example.test',
				password: 'secret',
				host: 'https://twin-ai.com',
				companyId: 7,
			},
			passwordForm: 'plain',
		});
	});

	it('asks for what is missing', async () => {
		expect((await readCommand([], {}, questions)).account).toEqual({
			email: 'typed@example.test',
			password: 'typed',
			host: undefined,
			companyId: undefined,
		});
	});

	it('sends the MD5 of the password only when told to', async () => {
		const { account, passwordForm } = await readCommand(['--md5'], env, questions);
		expect(account.password).toMatch(/^[0-9a-f]{32}$/);
		expect(passwordForm).toBe('md5');
	});

	it.each([
		[['--pause', 'soon'], {}, '--pause takes milliseconds'],
		[['--nonsense'], {}, 'Usage: npm run probe'],
		[[], { TWIN24_COMPANY: 'mine' }, "TWIN24_COMPANY is the company's number."],
		[[], { TWIN24_HOST: 'http://' }, 'TWIN24_HOST is no address'],
		[[], { TWIN24_PASSWORD: '' }, 'needs an e-mail and a password'],
	])('%p with %p is refused with a sentence', async (args, other, message) => {
		await expect(readCommand(args, { ...env, ...other }, questions)).rejects.toThrow(message);
	});
});
