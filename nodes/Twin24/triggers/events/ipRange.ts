/** Addresses that begin with the same bits. */
export interface IpRange {
	address: IpAddress;
	/** How many bits count. */
	prefix: number;
}

interface IpAddress {
	value: bigint;
	/** 32 for IPv4, 128 for IPv6. */
	bits: number;
}

/**
 * A range as `87.251.83.160/27`, `2001:db8::/32`, or a single address.
 * @returns undefined when it is none
 */
export const ipRangeOf = (text: string): IpRange | undefined => {
	const [written, prefix, ...rest] = text.trim().split('/');
	const address = addressOf(written);
	if (!address || rest.length > 0) return undefined;
	if (prefix === undefined) return { address, prefix: address.bits };
	if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > address.bits) return undefined;
	return { address, prefix: Number(prefix) };
};

/** Whether an address, as a request gives it, lies in the range. */
export const isInRange = ({ address, prefix }: IpRange, text: string): boolean => {
	const other = addressOf(text);
	if (other?.bits !== address.bits) return false;
	const free = BigInt(address.bits - prefix);
	return other.value >> free === address.value >> free;
};

/** A server that listens to both kinds sees an IPv4 address as `::ffff:87.251.83.190`. */
const addressOf = (text: string): IpAddress | undefined => {
	const [written] = text.trim().split('%');
	const v4 = v4Of(written);
	if (v4 !== undefined) return { value: v4, bits: 32 };
	const v6 = v6Of(written);
	if (v6 === undefined) return undefined;
	const isMapped = v6 >> 32n === 0xffffn;
	return isMapped ? { value: v6 & 0xffffffffn, bits: 32 } : { value: v6, bits: 128 };
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
