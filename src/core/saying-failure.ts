/** What is known of something that could not be said. */
export type SayingFailure =
  /**
   * Surely nothing was sent: it is said again, not before `afterMs` (in ms) where the platform tells
   * how long it goes on refusing.
   */
  | { readonly kind: 'not-sent'; readonly afterMs?: number }
  /** The platform said no. */
  | { readonly kind: 'rejected' }
  /**
   * It may stand in the chat. `isRepeatable`: whoever speaks can say it again without doubling it,
   * because the platform knows repetitions or can be asked (see `AnswerScope.unsureSince`).
   */
  | { readonly kind: 'unknown'; readonly isRepeatable?: boolean };

/** Nothing has left this machine. */
const notSent: SayingFailure = { kind: 'not-sent' };
const rejected: SayingFailure = { kind: 'rejected' };
const unknown: SayingFailure = { kind: 'unknown' };

/** Codes of errors, and what other codes begin with. */
interface Codes {
  readonly names: ReadonlySet<string>;
  readonly prefixes: readonly string[];
}

/** Codes of errors that come before the first byte of a request: name, connection, TLS handshake. */
const unconnected: Codes = {
  names: new Set([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EHOSTDOWN',
    'ENETDOWN',
    'EADDRNOTAVAIL',
    'EPROTO',
    'UND_ERR_CONNECT_TIMEOUT',
  ]),
  prefixes: ['CERT_', 'SELF_SIGNED_', 'DEPTH_ZERO_', 'UNABLE_TO_', 'ERR_TLS_', 'ERR_SSL_'],
};
/** Codes of a connection that ended, or of a time limit that passed, with a request under way. */
const cut: Codes = {
  names: new Set([
    'ECONNRESET',
    'EPIPE',
    'ECONNABORTED',
    'ETIMEDOUT',
    'ESOCKETTIMEDOUT',
    'ERR_STREAM_PREMATURE_CLOSE',
    'ERR_NETWORK',
    'ERR_CANCELED',
    'ABORT_ERR',
  ]),
  prefixes: ['ERR_HTTP2_', 'ERR_SOCKET_', 'UND_ERR_'],
};
/** What Node says of a connection that ended within the handshake. */
const inHandshake = /before secure TLS connection was established/u;

/** How deep causes are looked into: an error may name itself as its cause. */
const maxDepth = 8;

/**
 * Decides what a failure to say means, for all ways of speaking: the errors of adapters, which know
 * it (`saying`), those of gRPC, and those of Node's network. What tells nothing, such as an error
 * that a puppet of somebody else throws, is taken for a no of the platform.
 */
export function sayingFailureOf(error: unknown): SayingFailure {
  let each = error;
  for (let depth = 0; depth < maxDepth && isObject(each); depth += 1) {
    const known = knownOf(each);
    if (known) return known;
    each = each['cause'];
  }
  return rejected;
}

/** What is said beside an error's text where it crosses to another program as text alone. */
export function sayingMark({ kind }: SayingFailure): string {
  return `[saying: ${kind}]`;
}

type Fields = Readonly<Record<string, unknown>>;

function knownOf(error: Fields): SayingFailure | undefined {
  const { saying, code } = error;
  if (isObject(saying) && typeof saying['kind'] === 'string') return saying as SayingFailure;
  if (typeof code === 'number' && typeof error['details'] === 'string') {
    return ofGrpc(code, error['details']);
  }
  return typeof code === 'string' ? ofNetwork(code, error) : undefined;
}

function ofNetwork(code: string, { syscall, message }: Fields): SayingFailure | undefined {
  const isUnconnected = syscall === 'connect' || syscall === 'getaddrinfo';
  if (isUnconnected || isAmong(unconnected, code)) return notSent;
  if (!isAmong(cut, code)) return undefined;
  return inHandshake.test(String(message)) ? notSent : unknown;
}

function isAmong({ names, prefixes }: Codes, code: string): boolean {
  return names.has(code) || prefixes.some((prefix) => code.startsWith(prefix));
}

/** Statuses of gRPC that leave open whether the other side has acted. */
const openStatuses: ReadonlySet<number> = new Set([
  1, // CANCELLED
  4, // DEADLINE_EXCEEDED
  13, // INTERNAL: a stream that was reset
  14, // UNAVAILABLE: also of a call that broke off
]);
const unavailable = 14;
const markPattern = /\[saying: (not-sent|rejected|unknown)\]/u;

function ofGrpc(status: number, details: string): SayingFailure | undefined {
  const mark = markPattern.exec(details)?.[1];
  if (mark !== undefined) return { kind: mark as SayingFailure['kind'] };
  const isUnconnected = /\bno connection established\b|\bname resolution\b/iu.test(details);
  if (status === unavailable && isUnconnected) return notSent;
  return openStatuses.has(status) ? unknown : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
