const waiting = new WeakMap<Request, () => void>();

/** Has `admitted` called when the request turns out to come from where it should. */
export function whenAdmitted(request: Request, admitted: () => void): void {
  waiting.set(request, admitted);
}

/**
 * Tells the server that a request comes from where it should: its secret, or its signature, is right.
 * Until then a server trusts it with little time and little memory.
 */
export function admit(request: Request): void {
  waiting.get(request)?.();
}
