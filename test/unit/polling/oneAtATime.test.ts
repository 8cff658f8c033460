import { oneAtATime } from '../../../nodes/Twin24/polling/oneAtATime';

/** A piece of work that lasts until it is told to end. */
const work = () => {
	let end!: (value: string) => void;
	let fail!: (error: Error) => void;
	const lasting = new Promise<string>((resolve, reject) => {
		end = resolve;
		fail = reject;
	});
	return { run: jest.fn(async () => await lasting), end, fail };
};

it('leaves out work that is under way already, and gives what the first one gives', async () => {
	const [first, second] = [work(), work()];
	const running = oneAtATime('a', first.run);
	await expect(oneAtATime('a', second.run)).resolves.toBeUndefined();
	expect(second.run).not.toHaveBeenCalled();
	first.end('done');
	await expect(running).resolves.toBe('done');
});

it('does what has another key at the same time', async () => {
	const [one, other] = [work(), work()];
	const both = [oneAtATime('a', one.run), oneAtATime('b', other.run)];
	one.end('one');
	other.end('other');
	await expect(Promise.all(both)).resolves.toEqual(['one', 'other']);
});

it('works again once it has ended, or failed', async () => {
	const failing = work();
	const failed = oneAtATime('a', failing.run);
	failing.fail(new Error('The source failed'));
	await expect(failed).rejects.toThrow('The source failed');
	await expect(oneAtATime('a', async () => 'first')).resolves.toBe('first');
	await expect(oneAtATime('a', async () => 'second')).resolves.toBe('second');
});
