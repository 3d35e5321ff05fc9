import { z } from 'zod';
import type { Bilingual } from '../../../core/language.js';

/** Where the console is, and below it its API. Every path of `Endpoints` counts from `apiPath`. */
export const consolePath = '/console';
/** Where the API is. */
export const apiPath = `${consolePath}/api`;

/**
 * The header that every request but GET must carry, with any value: a form of another site cannot
 * set it. The browser's own `Origin` is checked besides.
 */
export const csrfHeader = 'x-console';

/** Says in every answer behind which id of `GET /live` comes what happens after it. */
export const feedHeader = 'x-console-feed';

/** A thing wrong with the rules, to be shown beside the field that it is about. */
export interface FieldProblem {
  readonly text: Bilingual;
  /** From the top of the file, e.g. `['rules', 2, 'callback', 'url']`. */
  readonly path: readonly (string | number)[];
  /** Within the rule, e.g. `['callback', 'url']`; absent where no single rule is meant. */
  readonly field?: readonly (string | number)[];
  /** The rule's name. */
  readonly rule?: string;
  /** In the file, counted from 1. */
  readonly line?: number;
}

/** The codes of failures. Stable: more may come, none changes its meaning. */
export type FailureCode =
  /** 401: no session, or it has ended: show the login. */
  | 'no-session'
  /** 401: by `POST /login`. */
  | 'wrong-password'
  /** 429: too many logins; wait `retryAfterMs`. */
  | 'too-many-attempts'
  /** 403: the request comes from another site, or lacks `x-console`. */
  | 'foreign-request'
  /** 403: the server is called by a name that is not its own: an address, or `publicUrl` of `admin` or `server`. */
  | 'foreign-host'
  /** 400: the request is not as the contract says; `problems` may tell more. */
  | 'invalid-request'
  /** 404 */
  | 'not-found'
  /** 422: the changed rules do not hold; `problems` says why. */
  | 'config-invalid'
  /** 409: the file is another than the one that was edited: load again. */
  | 'file-changed'
  /** 409: the rules stand in JavaScript, package.json or in code: not editable here. */
  | 'not-editable'
  /** 409: the file system refuses to write. */
  | 'not-writable'
  /** 409: there is nothing to undo, or the file was changed since. */
  | 'nothing-to-undo'
  /** 409: what is asked for cannot be done at the moment; the text says why. */
  | 'unavailable'
  /** 413 */
  | 'too-large'
  /** 500 */
  | 'internal'
  /** Others come from the program itself, e.g. `journal-closed`. */
  | (string & {});

/** The body of every answer that is not 2xx. */
export interface Failure {
  readonly error: {
    readonly code: FailureCode;
    readonly en: string;
    readonly zh: string;
    readonly problems?: readonly FieldProblem[];
    /** How long to wait, in ms; with 429. */
    readonly retryAfterMs?: number;
  };
}

/** One page of a list; `next` is handed back as `cursor` for the next, absent on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** How a list is paged. Numbers in queries are digits. */
export const pageQuery = {
  cursor: z.string().max(200).exactOptional(),
  /** 1 to 200; 50 unless told. */
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A switch in a query: `1` or absent. */
export const switchQuery = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

/** An empty answer. */
export type Nothing = Readonly<Record<string, never>>;

/**
 * Text that may be held back: with `console.private` lists leave it out (`hidden: true`), and one
 * item is asked for with `?text=1`, which is noted in the log. Also `hidden` once its retention is over.
 */
export interface MaybeText {
  readonly text?: string;
  readonly hidden?: boolean;
  /** Only the beginning is there: so many characters it had. */
  readonly cutFrom?: number;
}
