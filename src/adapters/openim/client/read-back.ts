import { z } from 'zod';
import type { Clock } from '../../../core/clock.js';
import { int64, integer, list, text } from '../schema/fields.js';
import { isRecord } from '../schema/index.js';
import type { Api } from './api.js';

/** A message as the server has stored it. */
export interface StoredMessage {
  readonly id: string;
  readonly senderId: string;
  /** Its place in the conversation, as digits. */
  readonly seq: string;
  /** The JSON document, as callbacks have it. */
  readonly content: string;
}

/** How far back is looked. */
export interface FindOptions {
  /** When it was sent by the server's clock, in ms since 1970. Default: it is among the newest. */
  readonly sentAt?: number | undefined;
  /** Messages that are so much older than the newest are not looked at, in ms. Default: all are. */
  readonly withinMs?: number;
}

/** Looks at what the server has stored: the only proof of a callback, and the place of a message. */
export interface ReadBack {
  /**
   * A message of a conversation that the bot takes part in: looks from the newest back to the time
   * when it was sent, at 2,000 messages at most. A callback comes before its message is stored, so
   * this looks again for up to three seconds, also when the server cannot be asked meanwhile. All who
   * look at one conversation at the same time ask once together.
   *
   * @returns `undefined` when it is not there: revoked, older, never stored, or never sent
   * @throws OpenIMApiError
   */
  find(
    conversationId: string,
    messageId: string,
    options?: FindOptions,
  ): Promise<StoredMessage | undefined>;
}

/** How many messages are looked at at once. */
const pageSize = 50;
const maxPages = 40;
/** So many places in a row without a message are a gap; more are where the bot sees nothing. */
const maxEmptyPages = 4;
/** Of two messages the one that was sent first may be stored second, in ms. */
const disorderMs = 10_000;
/** The pauses before looking again, in ms. */
const pausesMs = [100, 300, 600, 1000, 1000];

const seqsSchema = z.object({ seqs: z.unknown() });
const pulledSchema = z.object({ msgs: z.unknown() });
const pageSchema = z.object({
  Msgs: list({ clientMsgID: text, sendID: text, seq: int64, content: text, sendTime: integer }),
});
const placeSchema = z.object({ maxSeq: int64 });

type Pulled = z.infer<typeof pageSchema>['Msgs'][number];

/** Reads what is stored, as the bot sees it. */
export function createReadBack(api: Api, clock: Clock, userID: string): ReadBack {
  const places = createTogether<number>();
  const pages = createTogether<readonly Pulled[]>();

  const newestPlace = async (conversationID: string): Promise<number> => {
    const body = { userID, conversationIDs: [conversationID] };
    const path = '/msg/get_conversations_has_read_and_max_seq';
    const { seqs } = await api.post({ api: path, body }, seqsSchema);
    return Number(placeSchema.parse(entryOf(seqs, conversationID)).maxSeq);
  };
  const pageUpTo = async (conversationID: string, end: number): Promise<readonly Pulled[]> => {
    const begin = Math.max(1, end - pageSize + 1);
    const seqRanges = [{ conversationID, begin, end, num: pageSize }];
    const body = { userID, seqRanges, order: 0 };
    const { msgs } = await api.post({ api: '/msg/pull_msg_by_seq', body }, pulledSchema);
    return pageSchema.parse(entryOf(msgs, conversationID)).Msgs;
  };
  const look = async (id: string, messageId: string, options: FindOptions) => {
    const newest = await places(id, () => newestPlace(id));
    const isPast = pastOf(options);
    for (let page = 0; page < maxPages; page += 1) {
      const end = newest - page * pageSize;
      if (!(end > 0)) return undefined;
      const messages = await pages(`${id}/${end}`, () => pageUpTo(id, end));
      const found = messages.find(({ clientMsgID }) => clientMsgID === messageId);
      if (found !== undefined || isPast(messages)) return found;
    }
    return undefined;
  };
  return {
    find: async (conversationId, messageId, options = {}) => {
      for (const pause of pausesMs) {
        const found = await look(conversationId, messageId, options).catch(() => undefined);
        if (found !== undefined) return storedOf(found);
        await clock.sleep(pause);
      }
      const last = await look(conversationId, messageId, options);
      return last && storedOf(last);
    },
  };
}

/** Does what is wanted under one key once for all who want it while it is done. */
function createTogether<T>() {
  const underWay = new Map<string, Promise<T>>();
  return (key: string, ask: () => Promise<T>): Promise<T> => {
    const asking = underWay.get(key) ?? ask().finally(() => underWay.delete(key));
    underWay.set(key, asking);
    return asking;
  };
}

/** Tells, asked of page after page from the newest on, whether all that follow are too old. */
function pastOf({ sentAt, withinMs = Infinity }: FindOptions) {
  let [newestAt, emptyPages] = [0, 0];
  return (page: readonly Pulled[]): boolean => {
    const times = page.map(({ sendTime }) => sendTime ?? 0).filter((time) => time > 0);
    emptyPages = page.length === 0 ? emptyPages + 1 : 0;
    newestAt ||= Math.max(0, ...times);
    if (sentAt === undefined || emptyPages > maxEmptyPages) return true;
    const oldest = Math.max(sentAt, newestAt - withinMs) - disorderMs;
    return times.some((time) => time < oldest);
  };
}

/** Here alone, the content is in base64. */
function storedOf({ clientMsgID, sendID, seq, content }: Pulled): StoredMessage {
  const document = Buffer.from(content, 'base64').toString('utf8');
  return { id: clientMsgID, senderId: sendID, seq, content: document };
}

function entryOf(map: unknown, key: string): unknown {
  const entry = isRecord(map) ? map[key] : undefined;
  return isRecord(entry) ? entry : {};
}
