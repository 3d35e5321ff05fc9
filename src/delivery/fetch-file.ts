import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type Got, got } from 'got';
import { type CallbackError, isCallbackError } from '../core/errors.js';
import { fileNameOf } from '../core/file-name.js';
import type { FetchedFile, FileFetcher, FileSource } from '../core/files.js';
import { forbiddenAddress, literalAddress } from './address-guard.js';
import { type Download, download } from './files/download.js';
import { fetchError } from './files/fetch-error.js';
import { sourceRule } from './files/source-rule.js';
import { addressRefusedCode, guardedLookup, type Resolve } from './guarded-lookup.js';
import { userAgent } from './user-agent.js';

/** How files are fetched. */
export interface FileFetcherOptions {
  /** Default: the system's resolver. */
  readonly resolve?: Resolve;
  /** Larger files are refused while being read. Default: 25 MB. */
  readonly maxBytes?: number;
  /** For the whole fetch, redirects included, in ms. Default: 30,000. */
  readonly timeoutMs?: number;
}

const maxRedirects = 3;
const defaults = { maxBytes: 25 * 1024 * 1024, timeoutMs: 30_000 };

/**
 * Creates the fetcher of files that responses name. Every address on the way, redirects included,
 * is checked against the source, and the checked address is the one connected to.
 *
 * `fetch` rejects with a `CallbackError`: `file-url-invalid`, `file-address-refused`,
 * `file-address-forbidden`, `file-redirects`, `file-too-large`, `file-timeout` or
 * `file-unavailable`; or, when called off, with the signal's reason.
 */
export function createFileFetcher(options: FileFetcherOptions = {}): FileFetcher {
  const limits = { ...defaults, ...options };
  // Connections are never shared: one that was allowed for one source is not for another.
  const client = got.extend({
    agent: {
      http: new HttpAgent({ keepAlive: false }),
      https: new HttpsAgent({ keepAlive: false }),
    },
    followRedirect: false,
    retry: { limit: 0 },
    throwHttpErrors: false,
    headers: { 'user-agent': userAgent() },
  });
  return {
    fetch: (url, source, signal) => fetchFile({ client, ...limits }, parseUrl(url), source, signal),
  };
}

type Fetching = Required<Omit<FileFetcherOptions, 'resolve'>> &
  Pick<FileFetcherOptions, 'resolve'> & { readonly client: Got };

async function fetchFile(
  fetching: Fetching,
  url: URL | undefined,
  source: FileSource,
  signal?: AbortSignal,
): Promise<FetchedFile> {
  if (url === undefined) throw fetchError('file-url-invalid');
  signal?.throwIfAborted();
  const stopping = new AbortController();
  const onAbort = () => stopping.abort();
  const timer = setTimeout(onAbort, fetching.timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await follow(fetching, url, source, stopping.signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw stopping.signal.aborted ? fetchError('file-timeout', url) : fileErrorOf(error, url);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function follow(
  fetching: Fetching,
  start: URL,
  source: FileSource,
  signal: AbortSignal,
): Promise<FetchedFile> {
  let url = start;
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const answer = await hop(fetching, url, source, signal);
    if (answer.kind === 'file') {
      const name = fileNameOf(url, answer.disposition);
      const { bytes, mediaType } = answer;
      return mediaType === undefined ? { name, bytes } : { name, bytes, mediaType };
    }
    const next = parseUrl(answer.location, url);
    if (next === undefined) throw fetchError('file-url-invalid');
    url = next;
  }
  throw fetchError('file-redirects', start);
}

async function hop(
  { client, resolve, maxBytes }: Fetching,
  url: URL,
  source: FileSource,
  signal: AbortSignal,
): Promise<Download> {
  const allows = sourceRule(url, source);
  // A literal address is connected to without a lookup, so it is checked here.
  const literal = literalAddress(url);
  if (literal !== undefined && !allows(literal)) throw addressError(literal, url);
  let refused = '';
  const notes = (address: string) => {
    if (allows(address)) return true;
    refused = address;
    return false;
  };
  const dnsLookup = guardedLookup(notes, resolve) as never;
  try {
    return await download(client.stream.get(url, { dnsLookup, signal }), url, maxBytes);
  } catch (error) {
    throw codeOf(error) === addressRefusedCode ? addressError(refused, url) : error;
  }
}

/** Of an address that is not allowed. Some are not fetched from even where their host is listed. */
function addressError(address: string, url: URL): CallbackError {
  const code = forbiddenAddress(address) ? 'file-address-forbidden' : 'file-address-refused';
  return fetchError(code, url);
}

function parseUrl(text: string, base?: URL): URL | undefined {
  if (!URL.canParse(text, base?.href)) return undefined;
  const url = new URL(text, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}

function fileErrorOf(error: unknown, url: URL): unknown {
  if (isCallbackError(error)) return error;
  const why = codeOf(error);
  return fetchError(
    'file-unavailable',
    url,
    why === undefined ? { cause: error } : { cause: error, why },
  );
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
