import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import { textOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { StreamStore } from '../../core/stream-store.js';
import { readBody } from './decode.js';
import { heldPrefix as prefix, senderIn } from './held-owner.js';
import type { ReadCallback } from './routes.js';
import { type CallbackKind, callbackKinds } from './schema/callback-kinds.js';

/** A callback as it came. */
export type KeptCallback = Pick<ReadCallback, 'kind' | 'body'>;

/** How long one is known that nothing became of, in ms. */
const keptMs = 24 * 3_600_000;
/** One line in this time, however often the store fails, in ms. */
const quietMs = 60_000;
const heldSchema = z.object({
  kind: z.enum(Object.keys(callbackKinds) as CallbackKind[]),
  body: z.string(),
});

/** What keeping takes. */
export interface HeldCallbacksOptions {
  readonly store: StreamStore;
  readonly clock: Pick<Clock, 'now'>;
  /** The adapter's. */
  readonly name: string;
  readonly logger: Logger;
}

/** Callbacks that were acknowledged, and whose event is not emitted yet, beyond the process. */
export interface HeldCallbacks {
  /** The same store: what an earlier process held is read when it is opened. */
  readonly store: StreamStore;
  /**
   * Resolves when it is durable: only then it may be acknowledged. False, and the log says why, when
   * it could not be kept.
   *
   * @param id of the event that it comes to
   */
  keep(id: string, callback: KeptCallback): Promise<boolean>;
  /** Its event is kept elsewhere, or not wanted. Never rejects. */
  forget(id: string): Promise<void>;
  /** True while it is held: it was neither kept elsewhere nor is its sender forgotten. */
  has(id: string): boolean;
  /** Nothing a person said is held any more here; the store has to forget them as well. */
  forgetPerson(userId: string): void;
  /** What an earlier process held, the oldest first; once. */
  takeLeft(): readonly ReadCallback[];
}

/** Callbacks kept as they came, in the store of the adapter: the server sends none of them again. */
export function createHeldCallbacks(options: HeldCallbacksOptions): HeldCallbacks {
  const { store, clock } = options;
  let left: readonly (readonly [id: string, callback: ReadCallback])[] = [];
  /** Who said what is held, by event. */
  const known = new Map<string, string | undefined>();
  const put = putting(options);
  return {
    store: {
      open: async () => {
        const records = await store.open();
        const mine = [...records].filter(([key, { value }]) => key.startsWith(prefix) && value);
        left = mine.flatMap(([key, { value }]) => {
          const id = key.slice(prefix.length);
          const callback = read(value);
          known.set(id, callback && senderIn(callback.body));
          return callback ? [[id, callback] as const] : [];
        });
        return records;
      },
      put: (...record) => store.put(...record),
      close: () => store.close(),
    },
    keep: async (id, { kind, body }) => {
      known.set(id, senderIn(body));
      const value = JSON.stringify({ kind, body: body.toString('utf8') });
      return await put(id, value, clock.now() + keptMs);
    },
    forget: async (id) => {
      if (known.delete(id)) await put(id, '', 0);
    },
    has: (id) => known.has(id),
    forgetPerson: (userId) => {
      for (const [id, sender] of known) if (sender === userId) known.delete(id);
    },
    takeLeft: () => {
      const taken = left;
      left = [];
      return taken.flatMap(([id, callback]) => (known.has(id) ? [callback] : []));
    },
  };
}

/** Puts a record; false, and the log says why, when that fails. */
function putting({ store, clock, name, logger }: HeldCallbacksOptions) {
  let toldAt = -Infinity;
  return async (id: string, value: string, until: number): Promise<boolean> => {
    try {
      await store.put(prefix + id, { value, until });
      return true;
    } catch (error) {
      const now = clock.now();
      if (now - toldAt < quietMs) return false;
      toldAt = now;
      const { en, zh } = textOf(error);
      logger.error({ en: `${name}: ${en}`, zh: `${name}：${zh}` });
      return false;
    }
  };
}

function read(value: string): ReadCallback | undefined {
  const { data } = heldSchema.safeParse(orNothing(value));
  if (data === undefined) return undefined;
  const body = Buffer.from(data.body);
  const fields = readBody(body);
  return fields && { kind: data.kind, body, fields };
}

function orNothing(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
