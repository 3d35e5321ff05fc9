import type { Reply } from '../../../core/reply.js';

/** Something in a stream that its maker should know of. Never anything of its values. */
export type StreamNote =
  /** An object without a name, or a list of objects, stood between the words: it was left out. */
  | { readonly kind: 'unknown-object'; readonly keys: readonly string[] }
  /** Lines without a field's name, such as the rest of a text with a line break, were lost. */
  | { readonly kind: 'lost-lines'; readonly count: number };

/** What a stream held. */
export type StreamContent =
  | {
      readonly kind: 'content';
      /** A model's thinking stands before the words, within `<think>`. */
      readonly text: string;
      readonly replies: readonly Reply[];
      readonly notes?: readonly StreamNote[];
    }
  /** `data` is that of the event at which it went wrong. */
  | { readonly kind: 'invalid'; readonly reason: string; readonly data: string }
  /** A chat completion that does not say that it ended: half an answer. */
  | { readonly kind: 'broken' };

/** Reads a stream as it arrives, cut wherever the network likes. */
export interface StreamReader {
  /** Takes the next bytes. Bytes after the end are ignored. */
  push(bytes: Uint8Array): void;
  /** The end came, or something that makes the rest pointless. */
  readonly done: boolean;
  /** The text so far, with a model's thinking before it. */
  readonly text: string;
  /** The end of the body completes the stream. */
  end(): StreamContent;
}
