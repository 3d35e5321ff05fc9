import { isCallbackError, placeOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import type { Reply } from '../../core/reply.js';

/** What could not be said: a reply of that type, a reply of unknown type, or a text of the rule's own. */
export type Unsaid = Reply['type'] | 'reply' | 'notice';

const subjects: Readonly<Record<Unsaid, Bilingual>> = {
  text: { en: 'A text', zh: '一条文字回复' },
  image: { en: 'An image', zh: '一条图片回复' },
  file: { en: 'A file', zh: '一条文件回复' },
  audio: { en: 'An audio file', zh: '一条音频回复' },
  video: { en: 'A video', zh: '一条视频回复' },
  link: { en: 'A link', zh: '一条链接回复' },
  miniProgram: { en: 'A mini program', zh: '一条小程序回复' },
  contact: { en: "A contact's card", zh: '一条名片回复' },
  location: { en: 'A location', zh: '一条位置回复' },
  card: { en: 'A card', zh: '一条卡片回复' },
  reply: { en: 'A reply', zh: '一条回复' },
  notice: { en: 'A notice', zh: '一条提示' },
};

/** Says what could not be said. Why not is in the words of the error. */
export function unsaidText(what: Unsaid): Bilingual {
  const { en, zh } = subjects[what];
  return { en: `${en} could not be said.`, zh: `${zh}未能发出。` };
}

/** Where a puppet threw; errors of ours that are no mere wrapping say enough without it. */
export function thrownAt(error: unknown): string | undefined {
  if (!isCallbackError(error)) return placeOf(error);
  return error.code === 'say-failed' ? thrownAt(error.cause) : undefined;
}
