/** Where files named in a response may come from, besides public addresses. */
export interface FileSource {
  /** The receiver's own origin, e.g. `http://127.0.0.1:4000`. */
  readonly origin: string;
  /** The origin of the receiver that serves while that one is down. */
  readonly fallbackOrigin?: string;
  /** Hosts and CIDRs of `reply.fetch.allow`. */
  readonly allow: readonly string[];
}

/** A file brought here from outside. */
export interface FetchedFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly mediaType?: string;
}

/** Fetches files that a response names; refuses addresses that `source` does not cover. */
export interface FileFetcher {
  /** Rejects with a `CallbackError` when the address is not allowed, or the file too large or late. */
  fetch(url: string, source: FileSource, signal?: AbortSignal): Promise<FetchedFile>;
}
