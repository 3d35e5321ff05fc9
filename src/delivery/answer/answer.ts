import type { StreamContent } from './stream/content.js';

/** What came back of one call. Failures are values. */
export type Answer =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly contentType: string;
      /** The `Retry-After` header as it came. */
      readonly retryAfter?: string;
      /** Unpacked. Of a status other than 2xx the beginning: 8 KB that came within half a second. */
      readonly body: Buffer;
      /** The body is only the beginning of what came, or was to come. */
      readonly isPart?: boolean;
      /** What an event stream, or lines of JSON, held, in place of `body`. */
      readonly stream?: StreamContent;
      /** How much of the stream was read, in bytes; only with `stream`. */
      readonly streamBytes?: number;
    }
  /** The whole attempt took longer than it may. */
  | { readonly kind: 'timeout'; readonly status?: number }
  /** No connection, or one that broke before the response was complete. */
  | { readonly kind: 'connection'; readonly code: string; readonly status?: number }
  /** A response that cannot be read: over the limit, or not what its encoding says. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly status: number }
  /** The request could not be made of what the rule says. */
  | { readonly kind: 'unsendable'; readonly reason: string }
  /** Called off by the signal; says nothing about the receiver. */
  | { readonly kind: 'aborted' };
