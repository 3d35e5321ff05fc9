import { z } from 'zod';
import type { Clock } from '../../../core/clock.js';
import { textOf } from '../../../core/errors.js';
import type { Logger } from '../../../core/logger.js';
import type { StreamStore } from '../../../core/stream-store.js';
import { tryLosslessJson } from '../../shared/lossless-json.js';

/** How long what is open is known after a restart, in ms. */
const keptMs = 24 * 3_600_000;
/** One line in this time, however often the store fails, in ms. */
const quietMs = 60_000;
const prefix = 'growing/';

const routeSchema = z.object({
  conversation: z.object({ type: z.number(), target: z.string(), line: z.number() }),
  replyOnly: z.literal(false),
  toUsers: z.array(z.string()).readonly().optional(),
});

const openTextSchema = z.object({
  /** The key of the answer scope, which begins with the id of a task. */
  key: z.string(),
  /** What is answered. */
  eventId: z.string(),
  conversationId: z.string(),
  /** What clients know it by. */
  streamId: z.string(),
  /** What was shown last. */
  text: z.string(),
  /** Its last word is said; its task may not know yet. */
  isDone: z.boolean(),
  /** Its task is over, and its last word could not be said yet. */
  isOver: z.boolean().exactOptional(),
  /** Once it is found out. */
  route: routeSchema.optional(),
});

/** The way of a text that grows: it is sent, and replies to nothing. */
export type OpenWay = z.infer<typeof routeSchema>;

/** A text that grows on screens, as it is kept. */
export type OpenText = z.infer<typeof openTextSchema>;

/** What keeps open texts. */
export interface OpenTextsOptions {
  readonly store: StreamStore;
  readonly clock: Pick<Clock, 'now'>;
  /** The adapter's, for the log. */
  readonly name: string;
  readonly logger: Logger;
}

/** The texts that grow, beyond the process. Nothing rejects: the log says what could not be kept. */
export interface OpenTexts {
  /** What an earlier process left. */
  open(): Promise<readonly OpenText[]>;
  keep(text: OpenText): Promise<void>;
  /** Its task is settled. */
  forget(text: OpenText): Promise<void>;
  close(): Promise<void>;
}

/** Texts that grow, kept in a store. */
export function createOpenTexts({ store, clock, name, logger }: OpenTextsOptions): OpenTexts {
  let toldAt = -Infinity;
  const tried = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      const now = clock.now();
      if (now - toldAt < quietMs) return undefined;
      toldAt = now;
      const { en, zh } = textOf(error);
      logger.error({ en: `${name}: ${en}`, zh: `${name}：${zh}` });
      return undefined;
    }
  };
  const put = async ({ streamId }: OpenText, value: string, until: number) => {
    await tried(() => store.put(prefix + streamId, { value, until }));
  };
  return {
    open: async () => {
      const records = (await tried(() => store.open())) ?? new Map<string, { value: string }>();
      return [...records].flatMap(([key, { value }]) => {
        if (!key.startsWith(prefix)) return [];
        const { data } = openTextSchema.safeParse(tryLosslessJson(value));
        return data ?? [];
      });
    },
    keep: (text) => put(text, JSON.stringify(text), clock.now() + keptMs),
    forget: (text) => put(text, '', 0),
    close: async () => {
      await tried(() => store.close());
    },
  };
}
