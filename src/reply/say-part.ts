import type { WechatyInterface } from 'wechaty/impls';
import { currentAnswer, runInAnswer } from '../core/answer-scope.js';
import { isCallbackError } from '../core/errors.js';
import type { Conversation } from '../core/event.js';
import type { FileFetcher, FileSource } from '../core/files.js';
import type { Bilingual } from '../core/language.js';
import type { Logger } from '../core/logger.js';
import { puppetExtras } from '../core/puppet-extras.js';
import type { CardReply, Reply, TextReply } from '../core/reply.js';
import { sayingFailureOf } from '../core/saying-failure.js';
import type { Task } from '../core/task.js';
import { cleanText } from '../core/text/clean-text.js';
import { splitText } from '../core/text/split-text.js';
import { defaultTextLimit } from '../core/text/text-size.js';
import { fallbackText } from './fallback-text.js';
import { isFileSizeError } from './file-size.js';
import { isGone } from './is-gone.js';
import { isUnsupported } from './is-unsupported.js';
import type { LookUpPerson } from './look-up-person.js';
import { questionOf } from './prepare-replies.js';
import { mentionText } from './prepare-text.js';
import { conversationGone, sayFailed } from './say-error.js';
import { type Send, sendingOf, sendText } from './sending.js';
import { quotedPart } from './text/quote-text.js';

/** What saying needs of a speaker. */
export interface Voice {
  readonly bot: WechatyInterface;
  readonly fetcher: FileFetcher;
  readonly lookUp: LookUpPerson;
  readonly logger: Logger;
}

/** Where a part is said, and in answer to what. */
export interface Place {
  readonly task: Task;
  readonly to: Conversation;
  readonly files: FileSource;
}

/** Says a text as it is, in as many calls as it takes. Rejects as `sayPart` does. */
export async function sayPlainText(bot: WechatyInterface, to: Conversation, text: string) {
  const limit = puppetExtras(bot.puppet).textLimit ?? defaultTextLimit;
  for (const [index, piece] of splitText(cleanText(text), limit).entries()) {
    try {
      await orRefused(bot, to, () => sendText(bot, to, piece));
    } catch (error) {
      // Said again from its beginning, what stands there would be said twice.
      throw index === 0 ? error : sayFailed(to, error, { kind: 'unknown' });
    }
  }
}

/**
 * Says one prepared part. What the platform cannot express is said as text, or left out with a
 * warning.
 *
 * Rejects with a CallbackError: `conversation-gone`, `say-failed`, or the file fetcher's own.
 */
export async function sayPart(voice: Voice, part: Reply, place: Place): Promise<void> {
  if (part.type === 'text') await sayText(voice, part, place);
  else if (part.type === 'card') await sayCard(voice, part, place);
  else await sayObject(voice, part, place);
}

/** Lets the puppet speak, and sorts what it rejects with. */
async function orRefused(
  bot: WechatyInterface,
  to: Conversation,
  speak: () => Promise<unknown>,
): Promise<void> {
  try {
    await speak();
  } catch (cause) {
    // A platform that cannot be reached now tells nothing of its chats.
    const isRefused = sayingFailureOf(cause).kind === 'rejected' && !isUnsupported(cause);
    if (isRefused && (await isGone(bot, to))) throw conversationGone(to, cause);
    throw sayFailed(to, cause);
  }
}

async function sayText(voice: Voice, part: TextReply, place: Place): Promise<void> {
  if (part.quote) await quoting(voice, place, () => sayWords(voice, part, place));
  else await sayWords(voice, part, place);
}

/** Wechaty has no word for a quote: the answer scope tells the puppet what is quoted. */
async function quoting({ lookUp }: Voice, { task, to }: Place, speak: () => Promise<void>) {
  const { userId } = task.request;
  const name = (await lookUp(userId, to))?.name ?? '';
  const quote = { userId, name, text: quotedPart(questionOf(task)) };
  await runInAnswer({ eventId: task.eventId, ...currentAnswer(), quote }, speak);
}

async function sayWords(voice: Voice, part: TextReply, { task, to }: Place): Promise<void> {
  const text = cleanText(part.text);
  if (text.trim() === '') return;
  const { bot } = voice;
  if (part.mention && to.kind === 'room') {
    const { userId } = task.request;
    const person = await voice.lookUp(userId, to);
    const whole = person ? mentionText(person.name) + text : text;
    const told = person?.mentionable ? [userId] : [];
    await orRefused(bot, to, () => sendText(bot, to, whole, told));
  } else {
    await orRefused(bot, to, () => sendText(bot, to, text));
  }
}

async function sayObject(
  voice: Voice,
  part: Exclude<Reply, TextReply | CardReply>,
  place: Place,
): Promise<void> {
  const { bot, fetcher } = voice;
  const { to, files } = place;
  try {
    const send: Send = await sendingOf(part, { bot, fetcher, files }).catch((error: unknown) => {
      throw isCallbackError(error) ? error : sayFailed(to, error);
    });
    await orRefused(bot, to, () => send(to.id));
  } catch (error) {
    if (!isUnsupported(error)) throw error;
    await sayInstead(voice, part, place, isFileSizeError(error) ? error.text : undefined);
  }
}

/** A card that was prepared for a platform with cards may be said on one without: then as text. */
async function sayCard(voice: Voice, part: CardReply, place: Place): Promise<void> {
  const { bot } = voice;
  const { cards } = puppetExtras(bot.puppet);
  if (cards) await orRefused(bot, place.to, async () => await cards.say(place.to.id, part));
  else await sayInstead(voice, part, place);
}

/** @param why the platform does not take it. Default: it has no such kind */
async function sayInstead(
  { bot, lookUp, logger }: Voice,
  part: Reply,
  place: Place,
  why: Bilingual = { en: '', zh: '' },
) {
  const { task, to, files } = place;
  const text = await fallbackText(part, {
    files,
    nameOf: async (id) => (await lookUp(id, { kind: 'contact', id }))?.name,
  });
  if (text !== '') {
    await sayPlainText(bot, to, text);
    return;
  }
  logger.warn(
    {
      en: `This platform cannot express a reply of type ${part.type}, and it is left out. ${why.en}`.trim(),
      zh: `此平台无法表达类型为 ${part.type} 的回复，已略去。${why.zh}`,
    },
    { task: task.id, rule: task.rule },
  );
}
