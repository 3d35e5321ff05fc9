import type { AskedEvent } from '../../core/asked.js';
import type { Bilingual } from '../../core/language.js';
import { MessageType } from '../../core/message-type.js';
import { visible } from '../../core/text/visible.js';

/** An event as it was understood, on one line. */
export function describedEvent(asked: AskedEvent): Bilingual {
  const parts = [what(asked), kind(asked), who(asked), where(asked), mentioned(asked)].filter(
    (part) => part !== undefined,
  );
  return {
    en: parts.map((part) => part.en).join(', '),
    zh: parts.map((part) => part.zh).join('，'),
  };
}

/** In quotes on one line, with whatever cannot be printed written out. */
export function quoted(text: string): string {
  return visible(JSON.stringify(text));
}

function what({ name, message }: AskedEvent): Bilingual {
  const said = message?.text ? ` ${quoted(message.text)}` : '';
  const quote = message?.quote === undefined ? '' : quoted(message.quote);
  return {
    en: `Event: ${name}${said}${quote && ` quoting ${quote}`}`,
    zh: `事件：${name}${said}${quote && `，引用 ${quote}`}`,
  };
}

function kind({ message }: AskedEvent): Bilingual | undefined {
  if (message === undefined || message.type === MessageType.Text) return undefined;
  const name = Object.entries(MessageType).find(([, type]) => type === message.type)?.[0];
  return { en: `type ${name}`, zh: `类型 ${name}` };
}

function who({ fromSelf, user }: AskedEvent): Bilingual | undefined {
  if (fromSelf) return { en: 'from the bot itself', zh: '机器人自己发送' };
  return user === undefined
    ? undefined
    : { en: `from ${quoted(user)}`, zh: `来自 ${quoted(user)}` };
}

function where({ room, message }: AskedEvent): Bilingual | undefined {
  if (room !== undefined) return { en: `in the room ${quoted(room)}`, zh: `群 ${quoted(room)}` };
  return message && { en: 'in a private chat', zh: '私聊' };
}

function mentioned({ mention, room }: AskedEvent): Bilingual | undefined {
  return mention && room !== undefined ? { en: 'to the bot (@)', zh: '@ 了机器人' } : undefined;
}
