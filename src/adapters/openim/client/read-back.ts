import { z } from 'zod';
import type { Clock } from '../../../core/clock.js';
import { int64, list, text } from '../schema/fields.js';
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

/** Looks at what the server has stored: the only proof of a callback, and the place of a message. */
export interface ReadBack {
  /**
   * A message among the newest of a conversation that the bot takes part in. A callback comes before
   * its message is stored, so this looks again for up to three seconds.
   *
   * @returns `undefined` when it is not there: revoked, older, or never sent
   * @throws OpenIMApiError
   */
  find(
    conversationId: string,
    messageId: string,
    signal?: AbortSignal,
  ): Promise<StoredMessage | undefined>;
}

/** How many of the newest messages are looked at. */
const newest = 50;
/** The pauses before looking again, in ms. */
const pausesMs = [100, 300, 600, 1000, 1000];

const seqsSchema = z.object({ seqs: z.unknown() });
const pulledSchema = z.object({ msgs: z.unknown() });
const pageSchema = z.object({
  Msgs: list({ clientMsgID: text, sendID: text, seq: int64, content: text }),
});
const placeSchema = z.object({ maxSeq: int64 });

/** Reads what is stored, as the bot sees it. */
export function createReadBack(api: Api, clock: Clock, userID: string): ReadBack {
  const look = async (conversationID: string, signal: AbortSignal | undefined) => {
    const conversationIDs = [conversationID];
    const { seqs } = await api.post(
      {
        api: '/msg/get_conversations_has_read_and_max_seq',
        body: { userID, conversationIDs },
        signal,
      },
      seqsSchema,
    );
    const { maxSeq } = placeSchema.parse(entryOf(seqs, conversationID));
    const end = Number(maxSeq);
    if (!(end > 0)) return [];
    const begin = Math.max(1, end - newest + 1);
    const seqRanges = [{ conversationID, begin, end, num: newest }];
    const { msgs } = await api.post(
      { api: '/msg/pull_msg_by_seq', body: { userID, seqRanges, order: 0 }, signal },
      pulledSchema,
    );
    return pageSchema.parse(entryOf(msgs, conversationID)).Msgs;
  };
  return {
    find: async (conversationId, messageId, signal) => {
      for (const pause of [...pausesMs, undefined]) {
        const messages = await look(conversationId, signal);
        const found = messages.find(({ clientMsgID }) => clientMsgID === messageId);
        if (found !== undefined) return storedOf(found);
        if (pause !== undefined) await clock.sleep(pause, signal);
      }
      return undefined;
    },
  };
}

type Pulled = z.infer<typeof pageSchema>['Msgs'][number];

/** Here alone, the content is in base64. */
function storedOf({ clientMsgID, sendID, seq, content }: Pulled): StoredMessage {
  const document = Buffer.from(content, 'base64').toString('utf8');
  return { id: clientMsgID, senderId: sendID, seq, content: document };
}

function entryOf(map: unknown, key: string): unknown {
  const entry = isRecord(map) ? map[key] : undefined;
  return isRecord(entry) ? entry : {};
}
