import { CallbackError } from '../../../core/errors.js';
import { splitText } from '../../../core/text/split-text.js';
import type { Loose } from '../answer/answering.js';
import { maxContentBytes } from '../capabilities.js';
import type { Responded, ResponseUrlClient } from '../client.js';
import type { BotConnection } from './connection.js';
import { sayingOfCode } from './saying-of-code.js';
import { type MediaKind, uploadMedia } from './upload.js';

type Sending = Pick<BotConnection, 'send' | 'speak' | 'beginUpload'>;

/** Says something by itself: the platform takes it where somebody wrote to the bot before. */
export async function sayAlone(connection: Sending, chatid: string, part: Loose): Promise<void> {
  if (part.kind === 'card') {
    await sendMessage(connection, chatid, { msgtype: 'template_card', template_card: part.card });
  } else if (part.kind === 'text') {
    const pieces = splitText(part.text, { unit: 'bytes', max: maxContentBytes });
    for (const [index, content] of pieces.entries()) {
      const message = { msgtype: 'markdown', markdown: { content } };
      await sendMessage(connection, chatid, message, index > 0);
    }
  }
}

/** Says a file of any kind: the connection takes what streams cannot show. */
export async function sayFile(
  connection: Sending,
  chatid: string,
  file: { readonly name: string; readonly bytes: Buffer },
): Promise<void> {
  const kind = kindOf(file.name);
  const media_id = await uploadMedia(connection, kind, file);
  await sendMessage(connection, chatid, { msgtype: kind, [kind]: { media_id } });
}

function kindOf(name: string): MediaKind {
  if (/\.(?:png|jpe?g|gif)$/iu.test(name)) return 'image';
  if (/\.amr$/iu.test(name)) return 'voice';
  return /\.mp4$/iu.test(name) ? 'video' : 'file';
}

/** @param isBegun a part of what is said stands in the chat already */
async function sendMessage(
  connection: Sending,
  chatid: string,
  body: object,
  isBegun = false,
): Promise<void> {
  const acknowledged = await connection.speak(chatid, 'aibot_send_msg', { chatid, ...body });
  if (acknowledged.kind === 'taken') return;
  const { code } = acknowledged;
  throw new CallbackError('wecom-bot-send-refused', {
    text: {
      en: `WeCom did not take a message (${code}).`,
      zh: `企业微信未接受消息（${code}）。`,
    },
    saying: isBegun ? { kind: 'unknown' } : sayingOfCode(code),
  });
}

/** What goes to a `response_url` elsewhere goes to the conversation over the connection. */
export function lateClient(connection: Sending): ResponseUrlClient {
  return {
    takesOne: false,
    respond: async (chatid, body): Promise<Responded> => {
      const acknowledged = await connection.speak(chatid, 'aibot_send_msg', { chatid, ...body });
      if (acknowledged.kind === 'taken') return { kind: 'sent' };
      const { code } = acknowledged;
      return { kind: 'failed', code, saying: sayingOfCode(code).kind };
    },
  };
}
