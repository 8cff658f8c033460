import { withTarballs } from '../../../../tools/n8n-host/lock-file';

const locked = { version: '1.2.3', integrity: 'sha512-x' };

const REGISTRY = 'https://packages.example.com/npm/';

/** What a lock file with one package says about it afterwards. */
const of = (path: string, entry: object, registry = REGISTRY) =>
	withTarballs({ packages: { [path]: entry } }, registry).packages[path];

describe('withTarballs', () => {
	it.each([
		['node_modules/tar', 'tar/-/tar-1.2.3.tgz'],
		['node_modules/@n8n/di', '@n8n/di/-/di-1.2.3.tgz'],
		['node_modules/a/node_modules/@b/c', '@b/c/-/c-1.2.3.tgz'],
	])(
		'says where the tarball of %s is, at the registry that npm is configured with',
		(path, tarball) => {
			expect(of(path, locked)).toEqual({
				...locked,
				resolved: `https://packages.example.com/npm/${tarball}`,
			});
		},
	);

	it('takes a registry without a slash at its end, too', () => {
		expect(of('node_modules/tar', locked, REGISTRY.slice(0, -1))).toEqual(
			of('node_modules/tar', locked),
		);
	});

	it('goes by the name of a package that is installed under another', () => {
		expect(of('node_modules/alias', { ...locked, name: '@real/name' }).resolved).toMatch(
			/\/@real\/name\/-\/name-1\.2\.3\.tgz$/,
		);
	});

	it.each([
		['the project itself', '', { version: '1.0.0' }],
		['a package that says so itself', 'node_modules/a', { ...locked, resolved: 'git+ssh://x' }],
	])('leaves %s as it is', (_, path, entry) => {
		expect(of(path, entry)).toBe(entry);
	});
});
