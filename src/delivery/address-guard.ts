import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Says of one IP address whether it may be connected to. */
export type AddressRule = (address: string) => boolean;

/** Where clouds keep their machines' credentials, besides the link-local range. */
const metadataAddresses = new Set([
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
]);

/** `metadata.google.internal` and its like need no entry: they resolve to the addresses above. */
function isMetadata(address: Address): boolean {
  return metadataAddresses.has(
    address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString(),
  );
}

/** Link-local and cloud metadata addresses, which no name is let lead to. */
export const forbiddenAddress: AddressRule = (text) => {
  const address = parseAddress(text);
  return address !== undefined && isForbidden(address);
};

function isForbidden(address: Address): boolean {
  return address.range() === 'linkLocal' || isMetadata(address);
}

/** For hosts that the operator chose: everything but link-local and cloud metadata addresses. */
export const chosenAddress: AddressRule = (text) =>
  parseAddress(text) !== undefined && !forbiddenAddress(text);

/** For hosts that somebody else named: addresses of the public internet only. */
export const publicAddress: AddressRule = (text) => {
  const address = parseAddress(text);
  return address !== undefined && address.range() === 'unicast' && !isMetadata(address);
};

/** Whether an address lies in one of these CIDRs or equals one of these addresses. */
export function listedAddress(list: readonly string[]): AddressRule {
  const ranges = list.flatMap((entry) => rangeOf(entry) ?? []);
  return (text) => {
    const address = parseAddress(text);
    if (address === undefined) return false;
    return ranges.some(
      ([base, bits]) => base.kind() === address.kind() && address.match(base, bits),
    );
  };
}

/** The literal address in a URL's host, `undefined` for a name. Every spelling is one by then. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  return isIP(host) === 0 ? undefined : host;
}

function rangeOf(entry: string): [[Address, number]] | undefined {
  const text = entry.replace(/^\[|\]$/gu, '');
  if (ipaddr.isValidCIDR(text)) return [ipaddr.parseCIDR(text)];
  const address = isIP(text) === 0 ? undefined : parseAddress(text);
  return address && [[address, address.kind() === 'ipv4' ? 32 : 128]];
}

function parseAddress(text: string): Address | undefined {
  if (isIP(text) === 0) return undefined;
  const address = ipaddr.parse(text);
  return address.kind() === 'ipv6' ? unwrap(address as ipaddr.IPv6) : address;
}

/** The IPv4 address inside an IPv6 one, where a network translates between the two. */
function unwrap(address: ipaddr.IPv6): Address {
  const bytes = address.toByteArray();
  const kind = address.range();
  if (kind === 'ipv4Mapped' || kind === 'rfc6145') return ipaddr.fromByteArray(bytes.slice(12));
  if (kind === '6to4') return ipaddr.fromByteArray(bytes.slice(2, 6));
  if (kind === 'rfc6052') return behindNat64(bytes);
  // `::a.b.c.d`, the oldest and long abolished form; `::` and `::1` are not of it.
  const isCompatible = isZero(bytes.slice(0, 12)) && bytes[12] !== 0;
  return isCompatible ? ipaddr.fromByteArray(bytes.slice(12)) : address;
}

/** Where RFC 6052 puts an IPv4 address behind a prefix of 48, 56, 64 and 96 bits. */
const nat64Places = [
  [6, 7, 9, 10],
  [7, 9, 10, 11],
  [9, 10, 11, 12],
  [12, 13, 14, 15],
];

/**
 * What an address of NAT64 carries. In `64:ff9b::/96` that is its end. In `64:ff9b:1::/48` (RFC 8215)
 * every network has a prefix of its own length, so of all that it may carry the worst counts.
 * `0.0.0.0/8` is what a prefix of another length leaves, and leads nowhere.
 */
function behindNat64(bytes: readonly number[]): Address {
  const end = ipaddr.fromByteArray(bytes.slice(12));
  if (isZero(bytes.slice(4, 12))) return end;
  const carried = nat64Places
    .map((place) => ipaddr.fromByteArray(place.map((at) => bytes[at] ?? 0)))
    .filter((address) => address.toByteArray()[0] !== 0);
  return (
    carried.find(isForbidden) ??
    carried.find((address) => address.range() !== 'unicast') ??
    carried.at(-1) ??
    end
  );
}

function isZero(bytes: readonly number[]): boolean {
  return bytes.every((byte) => byte === 0);
}
