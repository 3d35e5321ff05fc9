import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/clock.js';
import { textOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import type { Logger } from '../../core/logger.js';
import { type Burst, createBursts } from './bursts.js';
import type { ReadBack } from './client/read-back.js';
import type { DecodedMessage } from './decode/decoded.js';
import { type OpenIMDocument, parseRecord } from './schema/index.js';

/** What confirming takes. */
export interface ConfirmerParts {
  readonly name: string;
  readonly readBack: ReadBack;
  readonly logger: Logger;
  readonly clock: Pick<Clock, 'now'>;
}

/** Looks messages up before they are believed. */
export interface Confirmer {
  /**
   * True when the server has stored the message that a callback told, from the same sender and with
   * the same content: the callback is not invented. What cannot be confirmed is logged, with the
   * likely reason. Does not reject.
   *
   * @param document the callback
   */
  confirms(message: DecodedMessage, document: OpenIMDocument): Promise<boolean>;
}

/** Older messages are not believed: whoever has heard one may tell it again, in ms. */
const withinMs = 600_000;
/** Servers before 3.8.1 do not tell when a message was sent: then it was just now, in ms. */
const justNowMs = 60_000;

/** Looks at what the server has stored. */
export function createConfirmer({ name, readBack, logger, clock }: ConfirmerParts): Confirmer {
  const bursts = createBursts(clock);
  return {
    confirms: async (message, document) => {
      const { conversationId, payload } = message;
      const burst = bursts.note(conversationId);
      try {
        const { content, sendTime: sentAt } = saidIn(document);
        const far = sentAt > 0 ? { sentAt, withinMs } : { sentAt: 0, withinMs: justNowMs };
        const stored = await readBack.find(conversationId, payload.id, far);
        const isSame = stored?.senderId === payload.talkerId && isSaid(stored.content, content);
        if (isSame) return true;
        const { en, zh } = stored === undefined ? missing(burst) : otherWords;
        logger.warn({ en: `${name} leaves out ${en}`, zh: `${name} 略去${zh}` });
      } catch (error) {
        const { en, zh } = textOf(error);
        logger.error({
          en: `${name} leaves out a message that could not be confirmed: ${en}`,
          zh: `${name} 略去一条无法核实的消息：${zh}`,
        });
      }
      return false;
    },
  };
}

function saidIn(document: OpenIMDocument) {
  const content = 'content' in document ? document.content : '';
  return { content, sendTime: ('sendTime' in document ? document.sendTime : undefined) ?? 0 };
}

function missing(burst: Burst): Bilingual {
  return burst.isLarge() ? droppedBatch : notStored;
}

const otherWords: Bilingual = {
  en: 'a message whose id the server knows with another sender or other words: the callback was invented.',
  zh: '一条消息：服务端以同一 ID 存储的发送者或内容与之不同，回调系伪造。',
};

const notStored: Bilingual = {
  en: 'a message that the server has not stored: the callback was invented, or the message revoked at once.',
  zh: '一条服务端没有存储的消息：回调系伪造，或消息已被立即撤回。',
};

const droppedBatch: Bilingual = {
  en: 'a message that the server took and has not stored. More than 100 came at once in its conversation, and OpenIM drops such a batch whole: look for "message count exceeds limit" in the log of msgtransfer. Its members have not got these messages either; their senders must send them again, more slowly.',
  zh: '一条服务端已接收但没有存储的消息：该会话同时到达的消息超过 100 条，OpenIM 会整批丢弃，可在 msgtransfer 日志中查找 “message count exceeds limit”。会话成员同样没有收到这些消息，请发送方放慢速度后重发。',
};

/** Whoever knows the id of a message must not put other words into it. Documents may be written anew. */
function isSaid(stored: string, told: string): boolean {
  const document = parseRecord(told);
  return document === undefined
    ? stored === told
    : isDeepStrictEqual(parseRecord(stored), document);
}
