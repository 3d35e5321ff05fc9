import type { FileSource } from '../../core/files.js';
import { type AddressRule, chosenAddress, listedAddress, publicAddress } from '../address-guard.js';

/**
 * Which addresses a URL named in a response may lead to: for the receiver's own origin, its fallback's and for
 * hosts that the operator listed, any but link-local and cloud metadata; for the rest, public
 * ones. Addresses and CIDRs that the operator listed are allowed in any case.
 */
export function sourceRule(url: URL, source: FileSource): AddressRule {
  const listed = listedAddress(source.allow);
  const base = isChosen(url, source) ? chosenAddress : publicAddress;
  return (address) => base(address) || listed(address);
}

function isChosen(url: URL, source: FileSource): boolean {
  if ([source.origin, source.fallbackOrigin].some((own) => isOrigin(url, own))) return true;
  const host = url.hostname.toLowerCase();
  return source.allow.some((entry) => entry.toLowerCase() === host);
}

function isOrigin(url: URL, own: string | undefined): boolean {
  return own !== undefined && URL.canParse(own) && new URL(own).origin === url.origin;
}
