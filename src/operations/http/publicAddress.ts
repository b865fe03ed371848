import { BlockList, isIP } from 'node:net'

/** Says whether a connection to an address may be made. */
export type AddressPolicy = (address: string) => boolean

// Everything the IANA registries of special-purpose addresses (RFC 6890 and its updates) do not call globally reachable.
const specialIPv4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], // this network; a connection to it reaches this machine
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by a carrier's customers (CGNAT)
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, where clouds serve their metadata
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays, deprecated
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
]

// Only 2000::/3 is global unicast at all. So loopback, unique local, link-local, site-local and multicast addresses are out from
// the start, and so are those that hide an IPv4 address: mapped (::ffff:0:0/96), compatible (::/96) and NAT64 (64:ff9b::/96).
const globalIPv6: readonly [string, number] = ['2000::', 3]
const specialIPv6: readonly (readonly [string, number])[] = [
  ['2001::', 23], // protocol assignments, among them Teredo, which hides an IPv4 address
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4, which hides an IPv4 address
  ['3fff::', 20], // documentation
]

const special = new BlockList()
for (const [address, prefix] of specialIPv4) special.addSubnet(address, prefix, 'ipv4')
for (const [address, prefix] of specialIPv6) special.addSubnet(address, prefix, 'ipv6')
const global = new BlockList()
global.addSubnet(...globalIPv6, 'ipv6')

/** Whether an IP address, as text, belongs to the public internet; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  // A zone (fe80::1%eth0) names an interface of this machine and says nothing about the address.
  const [bare = ''] = address.split('%')
  switch (isIP(bare)) {
    case 4:
      return !special.check(bare, 'ipv4')
    case 6:
      return global.check(bare, 'ipv6') && !special.check(bare, 'ipv6')
    default:
      return false
  }
}
