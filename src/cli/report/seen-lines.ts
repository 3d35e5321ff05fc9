import type { Bilingual } from '../../core/language.js';
import { roleNames } from '../../core/names.js';
import type { Seen, SeenMention } from '../../core/seen.js';
import { quoted } from './described-event.js';

/** What rules see of an event, on a line each. */
export function seenLines({
  words,
  quoted: quotation,
  mentions,
  roles,
}: Seen): readonly Bilingual[] {
  const said = words === undefined ? [] : [line(wordsName, [same(quoted(words))])];
  const quotes = quotation === undefined ? [] : [line(quotationName, [quotationText(quotation)])];
  const mentioned = words === undefined ? [] : [line(mentionsName, mentions.map(mentionText))];
  const known = line(
    rolesName,
    roles.map((role) => ({ en: role, zh: roleNames[role]?.zh ?? role })),
  );
  return [...said, ...quotes, ...mentioned, known];
}

const wordsName: Bilingual = { en: 'Words', zh: '正文' };
const quotationName: Bilingual = { en: 'Quotation', zh: '引用' };
const mentionsName: Bilingual = { en: 'Mentions', zh: '提及' };
const rolesName: Bilingual = { en: 'Roles', zh: '身份' };
const none: Bilingual = { en: 'none', zh: '无' };

function line(name: Bilingual, parts: readonly Bilingual[]): Bilingual {
  const some = parts.length > 0 ? parts : [none];
  return {
    en: `${name.en}: ${some.map(({ en }) => en).join(', ')}`,
    zh: `${name.zh}：${some.map(({ zh }) => zh).join('、')}`,
  };
}

function quotationText({ text, name, userId, id }: NonNullable<Seen['quoted']>): Bilingual {
  const who = name ?? userId;
  const said = text === undefined ? (id ?? '') : quoted(text);
  if (who === undefined) return same(said);
  return { en: `${said} of ${quoted(who)}`, zh: `${said}（${quoted(who)}）` };
}

function mentionText({ who, name, id, foundBy }: SeenMention): Bilingual {
  const person = quoted(name ?? id ?? '');
  const whom: Bilingual = { bot, all, person: same(person) }[who];
  if (foundBy === undefined) return whom;
  return { en: `${whom.en} (by ${foundBy})`, zh: `${whom.zh}（按${ways[foundBy]}）` };
}

const bot: Bilingual = { en: 'the bot', zh: '机器人' };
const all: Bilingual = { en: 'everybody', zh: '所有人' };
const ways = { id: ' ID', name: '名称' };

function same(text: string): Bilingual {
  return { en: text, zh: text };
}
