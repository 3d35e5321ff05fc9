import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { ReadBack } from './client/read-back.js';
import type { DecodedMessage } from './decode/decoded.js';
import { parseRecord } from './schema/index.js';

/** What confirming takes. */
export interface Confirming {
  readonly name: string;
  readonly readBack: ReadBack;
  readonly logger: Logger;
}

/**
 * True when the server has stored the message that a callback told, from the same sender and with the
 * same content: the callback is not invented. What cannot be confirmed is logged. Does not reject.
 *
 * @param content as the callback has it
 */
export async function confirmMessage(
  { name, readBack, logger }: Confirming,
  { conversationId, payload }: DecodedMessage,
  content: string,
): Promise<boolean> {
  try {
    const stored = await readBack.find(conversationId, payload.id);
    const isSame = stored?.senderId === payload.talkerId && isSaid(stored.content, content);
    if (isSame) return true;
    logger.warn({
      en: `${name} leaves out a message that the server has not stored: the callback was invented, or the message revoked at once.`,
      zh: `${name} 略去一条服务端没有存储的消息：回调系伪造，或消息已被立即撤回。`,
    });
  } catch (error) {
    const { en, zh } = textOf(error);
    logger.error({
      en: `${name} leaves out a message that could not be confirmed: ${en}`,
      zh: `${name} 略去一条无法核实的消息：${zh}`,
    });
  }
  return false;
}

/** Whoever knows the id of a message must not put other words into it. Documents may be written anew. */
function isSaid(stored: string, told: string): boolean {
  const document = parseRecord(told);
  return document === undefined
    ? stored === told
    : isDeepStrictEqual(parseRecord(stored), document);
}
