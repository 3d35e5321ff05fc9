const peers = new WeakMap<Request, string>();

/** Tells from which address a request came, for those to whom that matters. */
export function rememberPeer(request: Request, address: string | undefined): void {
  if (address !== undefined) peers.set(request, address);
}

/**
 * The address at the other end of a request's connection; `undefined` in a server that did not tell
 * it with `rememberPeer`.
 */
export function peerOf(request: Request): string | undefined {
  return peers.get(request);
}
