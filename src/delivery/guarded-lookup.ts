import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { CallbackError } from '../core/errors.js';
import type { AddressRule } from './address-guard.js';

/** Asks the system's resolver for every address of a host. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** As `net.connect` calls it: with `all`, an array; without, one address and its family. */
export type GuardedLookup = (
  host: string,
  options: { readonly all?: boolean | undefined },
  done: (
    error: NodeJS.ErrnoException | null,
    address: string | LookupAddress[],
    family?: number,
  ) => void,
) => void;

/** The code of the error for an address that is not allowed. */
export const addressRefusedCode = 'address-refused';

/** An error for an address that is not allowed; names the host, which is no secret. */
function addressRefused(host: string): CallbackError {
  return new CallbackError(addressRefusedCode, {
    text: {
      en: `The address of ${host} is not allowed here.`,
      zh: `不允许访问 ${host} 的地址。`,
    },
  });
}

/**
 * A DNS lookup that fails when any answer is refused. The answers it hands on are the ones that
 * get connected to, so a name cannot point elsewhere between the check and the connection.
 */
export function guardedLookup(allows: AddressRule, resolve: Resolve = lookup): GuardedLookup {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error) done(error, []);
      else if (first === undefined || !addresses.every(({ address }) => allows(address))) {
        done(addressRefused(host), []);
      } else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}
