import { z } from 'zod';
import type { Clock } from '../../../core/clock.js';
import { int64, integer, list, text } from '../schema/fields.js';
import { isRecord } from '../schema/index.js';
import type { Api } from './api.js';
import { lookUpFailed } from './api-error.js';

/** Looks for what the bot has said, by the mark that it bears (`ex`). */
export interface FindSaid {
  /**
   * The id of the bot's message with that mark, said since then (in ms since 1970). The server stores
   * a message a while after it has taken it, so this looks again for up to three seconds.
   *
   * @returns `undefined` when it was surely not said
   * @throws OpenIMApiError when nobody can tell
   */
  (conversationId: string, mark: string, since: number): Promise<string | undefined>;
}

/** Messages on a page, and how many pages are looked at. */
const pageSize = 50;
const maxPages = 20;
/** The clocks of two machines may differ by so much, in ms. */
const clockToleranceMs = 300_000;
/** The pauses before looking again, in ms. */
const pausesMs = [100, 300, 600, 1000, 1000];

const placesSchema = z.object({ seqs: z.unknown() });
const placeSchema = z.object({ maxSeq: int64 });
const pulledSchema = z.object({ msgs: z.unknown() });
const pageSchema = z.object({
  Msgs: list({ clientMsgID: text, sendID: text, ex: text, sendTime: integer }),
});
type Said = z.infer<typeof pageSchema>['Msgs'][number];

/** Looks as the bot `userID`. */
export function createFindSaid(api: Api, clock: Clock, userID: string): FindSaid {
  const newestSeq = async (conversationID: string): Promise<number> => {
    const body = { userID, conversationIDs: [conversationID] };
    const call = { api: '/msg/get_conversations_has_read_and_max_seq', body };
    const { seqs } = await api.post(call, placesSchema);
    return Number(placeSchema.parse(entryOf(seqs, conversationID)).maxSeq || 0);
  };
  const pageUpTo = async (conversationID: string, end: number): Promise<readonly Said[]> => {
    const begin = Math.max(1, end - pageSize + 1);
    const seqRanges = [{ conversationID, begin, end, num: pageSize }];
    const call = { api: '/msg/pull_msg_by_seq', body: { userID, seqRanges, order: 0 } };
    const { msgs } = await api.post(call, pulledSchema);
    return pageSchema.parse(entryOf(msgs, conversationID)).Msgs;
  };
  const look = async (conversationID: string, mark: string, since: number) => {
    let end = await newestSeq(conversationID);
    for (let page = 0; page < maxPages && end > 0; page += 1, end -= pageSize) {
      const messages = await pageUpTo(conversationID, end);
      const found = messages.find(({ sendID, ex }) => sendID === userID && ex === mark);
      if (found !== undefined) return found.clientMsgID;
      if (messages.some((each) => isBefore(each, since - clockToleranceMs))) return undefined;
    }
    if (end > 0) throw lookUpFailed();
    return undefined;
  };
  return async (conversationId, mark, since) => {
    for (const pause of [...pausesMs, undefined]) {
      const id = await look(conversationId, mark, since);
      if (id !== undefined) return id;
      if (pause !== undefined) await clock.sleep(pause);
    }
    return undefined;
  };
}

function isBefore({ sendTime }: Said, at: number): boolean {
  return sendTime !== undefined && sendTime > 0 && sendTime < at;
}

function entryOf(map: unknown, key: string): unknown {
  const entry = isRecord(map) ? map[key] : undefined;
  return isRecord(entry) ? entry : {};
}
