import type { Bilingual } from '../core/language.js';

/** What is looked up. */
export type LookUpKind = 'talker' | 'contact' | 'room' | 'member' | 'tags';

const names: Readonly<Record<LookUpKind, Bilingual>> = {
  talker: { en: 'who speaks', zh: '发言者' },
  contact: { en: 'who is mentioned', zh: '被提及者' },
  room: { en: 'the room', zh: '群' },
  member: { en: 'a member of the room', zh: '群成员' },
  tags: { en: 'the tags of a contact', zh: '联系人标签' },
};

const consequence: Bilingual = {
  en: 'Rules are decided without it for a minute: those that look at names, tags, roles or mentions may not match.',
  zh: '一分钟内按未知处理：涉及名称、标签、身份或 @ 的规则可能不会命中。',
};

/** The platform did not answer in time. */
export function lateText(kind: LookUpKind, boundMs: number): Bilingual {
  const seconds = boundMs / 1000;
  return {
    en: `The platform did not answer a look-up within ${seconds} s (${names[kind].en}). ${consequence.en}`,
    zh: `平台未在 ${seconds} 秒内回应查询（${names[kind].zh}）。${consequence.zh}`,
  };
}

/** The platform rejected it. */
export function refusedText(kind: LookUpKind): Bilingual {
  return {
    en: `The platform rejected a look-up (${names[kind].en}). ${consequence.en}`,
    zh: `平台未接受查询（${names[kind].zh}）。${consequence.zh}`,
  };
}
