import type { BotEvent } from '../core/event.js';
import type { Bilingual } from '../core/language.js';
import type { Budget } from '../core/store.js';

/** What is said of a talker that rests, and what to do. */
export function restText(event: BotEvent, { count, everyMs }: Budget): Bilingual {
  const { en, zh } = whoOf(event);
  const seconds = everyMs / 1000;
  return {
    en: `${en} set off more than ${count} answers in ${seconds} s, as bots do that answer each other: it is not answered there until it does so less often. Let the rules leave it out (users.except), or raise loopLimit.`,
    zh: `${zh} 在 ${seconds} 秒内触发了超过 ${count} 次应答，疑似机器人互相应答：频率降下来之前，不再在此应答它。可用规则的 users.except 排除它，或调高 loopLimit。`,
  };
}

/** What is said when it is answered again. */
export function restOverText(event: BotEvent): Bilingual {
  const { en, zh } = whoOf(event);
  return { en: `${en} is answered again.`, zh: `${zh} 恢复应答。` };
}

function whoOf({ user, conversation, botId }: BotEvent): Bilingual {
  const chat = conversation?.id ?? '';
  return conversation?.kind === 'room'
    ? {
        en: `${user.id} in the room ${chat} (bot ${botId})`,
        zh: `群 ${chat} 中的 ${user.id}（机器人 ${botId}）`,
      }
    : { en: `${user.id} in private (bot ${botId})`, zh: `私聊中的 ${user.id}（机器人 ${botId}）` };
}
