/** Where a database is, as the driver wants to know it. */
export interface Address {
  /** With user and password, without what is ours. */
  readonly url: string;
  /** For people. */
  readonly shown: string;
  /** `?schema=` of the address. */
  readonly schema?: string;
}

/** Takes an address apart; `url` is one that `URL` can parse. */
export function readAddress(url: string): Address {
  const parsed = new URL(url);
  const schema = parsed.searchParams.get('schema');
  parsed.searchParams.delete('schema');
  const { host, pathname } = parsed;
  return {
    url: parsed.href,
    shown: `${host}${pathname}`,
    ...(schema !== null && { schema }),
  };
}
