import { withTarballs } from '../../../../tools/n8n-host/lock-file';

const locked = { version: '1.2.3', integrity: 'sha512-x' };

/** What a lock file with one package says about it afterwards. */
const of = (path: string, entry: object) =>
	withTarballs({ packages: { [path]: entry } }).packages[path];

describe('withTarballs', () => {
	it.each([
		['node_modules/tar', 'tar/-/tar-1.2.3.tgz'],
		['node_modules/@n8n/di', '@n8n/di/-/di-1.2.3.tgz'],
		['node_modules/a/node_modules/@b/c', '@b/c/-/c-1.2.3.tgz'],
	])('says where the tarball of %s is', (path, tarball) => {
		expect(of(path, locked)).toEqual({
			...locked,
			resolved: `https://registry.npmjs.org/${tarball}`,
		});
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
