import type { WechatyInterface } from 'wechaty/impls';
import type { Logger } from '../core/logger.js';
import { MessageType } from '../core/message-type.js';
import { puppetExtras } from '../core/puppet-extras.js';
import type { Reply, TextReply } from '../core/reply.js';
import type { ReplyOptions } from '../core/rule.js';
import type { Task } from '../core/task.js';
import { cleanText } from '../core/text/clean-text.js';
import { defaultTextLimit } from '../core/text/text-size.js';
import { splitThinking, withoutHalfTag, withThinking } from '../core/text/thinking.js';
import { cardText } from './card-text.js';
import type { LookUpPerson } from './look-up-person.js';
import { type Lead, prepareText } from './prepare-text.js';
import { quotedPart, quoteText } from './text/quote-text.js';

/** What preparing needs of a speaker. */
export interface PrepareContext {
  readonly bot: WechatyInterface;
  readonly lookUp: LookUpPerson;
  readonly logger: Logger;
  /** The text goes on: what it will be is not known yet. */
  readonly isGrowing?: boolean;
}

/** Whether a text is to mention the sender and to quote the question. */
type LeadWish = Required<Pick<TextReply, 'mention' | 'quote'>>;

/** The question as it was asked, `""` for anything but a text: only texts can be quoted. */
export function questionOf({ request: { payload } }: Task): string {
  return payload?.type === MessageType.Text ? (payload.text ?? '') : '';
}

/**
 * A card as it is where the platform has cards, else its words as text; with a warning when it has
 * none.
 *
 * @throws CallbackError for a card that the platform would reject
 */
function speakable(reply: Reply, task: Task, { bot, logger }: PrepareContext): Reply {
  if (reply.type !== 'card') return reply;
  const { cards } = puppetExtras(bot.puppet);
  if (cards) {
    cards.check(reply);
    return reply;
  }
  const text = cardText(reply);
  if (text === '') {
    logger.warn(
      {
        en: 'This platform has no cards, and a card without title and description is left out.',
        zh: '此平台不支持卡片；没有标题和描述的卡片已略去。',
      },
      { task: task.id, rule: task.rule },
    );
  }
  return { type: 'text', text };
}

/**
 * Turns replies into parts of one platform call each; parts are plain JSON. Says nothing.
 * The rule's own wish to mention and quote holds for the first text, a reply's wish for that reply.
 *
 * @throws CallbackError for a card that the platform would reject
 */
export async function prepareReplies(
  context: PrepareContext,
  task: Task,
  replies: readonly Reply[],
  options: ReplyOptions,
): Promise<readonly Reply[]> {
  if (!task.conversation || !options.speak) return [];
  const parts: Reply[] = [];
  let ruleWish: LeadWish = { mention: options.mention, quote: options.quote };
  for (const reply of replies.map((each) => speakable(each, task, context))) {
    if (reply.type !== 'text') {
      parts.push(reply);
      continue;
    }
    const text = spokenText(context, cleanText(reply.text), options);
    if (text.trim() === '') continue;
    const wish = {
      mention: reply.mention ?? ruleWish.mention,
      quote: reply.quote ?? ruleWish.quote,
    };
    ruleWish = { mention: false, quote: false };
    parts.push(...(await textParts(context, task, text, wish)));
  }
  return parts;
}

/** The text, with a language model's thinking only where it is shown folded. */
function spokenText(
  { bot, isGrowing = false }: PrepareContext,
  text: string,
  { thinking }: ReplyOptions,
): string {
  const parted = splitThinking(text);
  const folds = thinking === 'show' && puppetExtras(bot.puppet).capabilities?.thinking === true;
  // Thinking alone is no answer, but it may become one.
  if (folds && (isGrowing || parted.words.trim() !== '')) return withThinking(parted);
  return isGrowing ? withoutHalfTag(parted.words) : parted.words;
}

/** A text as its parts; where the platform quotes, the first one says that it does. */
async function textParts(
  context: PrepareContext,
  task: Task,
  text: string,
  wish: LeadWish,
): Promise<readonly TextReply[]> {
  const limit = puppetExtras(context.bot.puppet).textLimit ?? defaultTextLimit;
  const isNative = wish.quote && canQuote(context, task);
  const lead = await leadOf(context, task, isNative ? { ...wish, quote: false } : wish);
  const [first, ...others] = prepareText(text, lead, limit);
  if (first === undefined) return [];
  return [isNative ? { ...first, quote: true } : first, ...others];
}

/** Where the platform quotes, the puppet says what is quoted; elsewhere it is written as text. */
function canQuote({ bot }: PrepareContext, task: Task): boolean {
  const { capabilities } = puppetExtras(bot.puppet);
  return capabilities?.quote === true && quotedPart(questionOf(task)) !== '';
}

async function leadOf({ lookUp }: PrepareContext, task: Task, wish: LeadWish): Promise<Lead> {
  const { conversation } = task;
  if (conversation === undefined) return {};
  const mention = wish.mention && conversation.kind === 'room';
  const question = wish.quote ? questionOf(task) : '';
  if (!mention && question.trim() === '') return {};
  const person = await lookUp(task.request.userId, conversation);
  return {
    ...(mention && person && { mention: person.name }),
    ...(question && { quote: quoteText(question, person?.name) }),
  };
}
