/** Addresses that begin with the same bits, those of IPv4 in their form of IPv6: `::ffff:87.251.83.190`. */
export interface IpRange {
	address: bigint;
	/** How many of its 128 bits count. */
	prefix: number;
}

const BITS = 128;

/** Bits in front of an IPv4 address in its form of IPv6. */
const MAPPED = 96;

/**
 * A range as `87.251.83.160/27`, `2001:db8::/32`, or a single address; as Node's `BlockList`, by which
 * n8n's own Webhook node goes, reads it.
 * @returns undefined when it is none
 */
export const ipRangeOf = (text: string): IpRange | undefined => {
	const [written, prefix, ...rest] = text.trim().split('/');
	const address = addressOf(written);
	if (address === undefined || rest.length > 0) return undefined;
	if (prefix === undefined) return { address, prefix: BITS };
	const before = written.includes(':') ? 0 : MAPPED;
	const isPrefix = /^\d{1,3}$/.test(prefix) && before + Number(prefix) <= BITS;
	return isPrefix ? { address, prefix: before + Number(prefix) } : undefined;
};

/** Whether an address, as a request gives it, lies in the range. */
export const isInRange = ({ address, prefix }: IpRange, text: string): boolean => {
	const other = addressOf(text);
	if (other === undefined) return false;
	const free = BigInt(BITS - prefix);
	return other >> free === address >> free;
};

const addressOf = (text: string): bigint | undefined => {
	// A zone, as in fe80::1%eth0, is of the own machine.
	const [written] = text.trim().split('%');
	const v4 = v4Of(written);
	return v4 === undefined ? v6Of(written) : (0xffffn << 32n) | v4;
};

const v4Of = (text: string): bigint | undefined => {
	const parts = text.split('.');
	const isAddress =
		parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && +part < 256);
	return isAddress ? parts.reduce((value, part) => value * 256n + BigInt(part), 0n) : undefined;
};

const v6Of = (text: string): bigint | undefined => {
	const [head, tail, ...rest] = text.split('::');
	if (rest.length > 0) return undefined;
	const before = groupsOf(head);
	const after = tail === undefined ? [] : groupsOf(tail);
	if (!before || !after) return undefined;
	const missing = 8 - before.length - after.length;
	if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
	const groups = [...before, ...Array<bigint>(missing).fill(0n), ...after];
	return groups.reduce((value, group) => value * 65536n + group, 0n);
};

/** Groups of 16 bits; the last two may be written as an IPv4 address. */
const groupsOf = (text: string): bigint[] | undefined => {
	if (text === '') return [];
	const groups: bigint[] = [];
	const parts = text.split(':');
	for (const [index, part] of parts.entries()) {
		const v4 = index === parts.length - 1 ? v4Of(part) : undefined;
		if (v4 !== undefined) groups.push(v4 >> 16n, v4 & 0xffffn);
		else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
		else return undefined;
	}
	return groups;
};
