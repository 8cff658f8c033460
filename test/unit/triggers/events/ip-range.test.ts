/* eslint-disable @n8n/community-nodes/no-restricted-imports -- Node's own lists of addresses, to compare with; never published */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

import fc from 'fast-check';

import { ipRangeOf, isInRange } from '../../../../nodes/Twin24/triggers/events/ipRange';

const allows = (range: string, ip: string) => {
	const found = ipRangeOf(range);
	return found === undefined ? undefined : isInRange(found, ip);
};

describe('an entry of the list of addresses', () => {
	test.each([
		['87.251.83.160/27', '87.251.83.190', true],
		['87.251.83.160/27', '87.251.83.160', true],
		['87.251.83.160/27', '87.251.83.191', true],
		['87.251.83.160/27', '87.251.83.192', false],
		['87.251.83.160/27', '87.251.83.159', false],
		['87.251.83.190', '87.251.83.190', true],
		['87.251.83.190', '::ffff:87.251.83.190', true],
		['::ffff:87.251.83.190', '87.251.83.190', true],
		['0.0.0.0/0', '1.2.3.4', true],
		['0.0.0.0/0', '::1', false],
		['2001:db8::/32', '2001:db8:0:1::2', true],
		['2001:db8::/32', '2001:db9::', false],
		['::1', '0:0:0:0:0:0:0:1', true],
		['fe80::/10', 'fe80::1%eth0', true],
		['87.251.83.190', '', false],
		['87.251.83.190', 'unknown', false],
	])('%s and %s: %s', (range, ip, expected) => {
		expect(allows(range, ip)).toBe(expected);
	});

	test.each([
		'',
		'localhost',
		'1.2.3',
		'1.2.3.256',
		'01.2.3.4',
		'1.2.3.4/33',
		'1.2.3.4/',
		'::/129',
	])('%j is none', (text) => {
		expect(ipRangeOf(text)).toBeUndefined();
	});

	test('means what it means to Node', () => {
		const ip = fc.oneof(fc.ipV4(), fc.ipV6());
		fc.assert(
			fc.property(ip, ip, fc.nat(128), fc.boolean(), (network, other, bits, isNear) => {
				const type = isIPv6(network) ? 'ipv6' : 'ipv4';
				const prefix = Math.min(bits, type === 'ipv4' ? 32 : 128);
				const list = new BlockList();
				list.addSubnet(network, prefix, type);
				const asked = isNear ? network : other;
				expect(allows(`${network}/${prefix}`, asked)).toBe(
					list.check(asked, isIPv4(asked) ? 'ipv4' : 'ipv6'),
				);
			}),
		);
	});
});
