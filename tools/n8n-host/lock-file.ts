/** What a package-lock.json holds, as far as it matters here. */
export interface LockFile {
	packages: Record<string, LockedPackage>;
}

interface LockedPackage {
	/** The package's name, where it is installed under another. */
	name?: string;
	version?: string;
	integrity?: string;
	resolved?: string;
	optional?: boolean;
}

/**
 * Adds to each package of the registry where its tarball is. The lock file of the clone does not say so
 * (`omit-lockfile-registry-resolved`), and npm would first ask the registry about each of 2,000 packages, one document
 * of up to some megabytes each, before it unpacks the first: two minutes on a slow line.
 *
 * @param registry the address that npm is configured with, with or without a slash at the end
 */
export function withTarballs(lock: LockFile, registry: string): LockFile {
	const base = registry.replace(/\/+$/, '');
	const packages = Object.entries(lock.packages).map(([path, locked]) => {
		const { name = path.split('node_modules/').at(-1)!, version, integrity, resolved } = locked;
		if (resolved !== undefined || !integrity || !version) return [path, locked] as const;
		const file = `${name.split('/').at(-1)}-${version}.tgz`;
		return [path, { ...locked, resolved: `${base}/${name}/-/${file}` }] as const;
	});
	return { ...lock, packages: Object.fromEntries(packages) };
}
