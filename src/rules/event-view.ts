import type { BotEvent, EventHead, Mention } from '../core/event.js';
import { mentionSpans, removeMentions } from '../core/text/mention/remove-mentions.js';
import type { Span } from '../core/text/spans.js';
import type { CompiledRule } from './compiled-rule.js';
import { textsIn } from './text/places.js';

/** An event as the conditions see it. */
export class EventView {
  readonly event: BotEvent;
  readonly head: EventHead;
  /** True for messages, and for events that carry one. */
  readonly isMessage: boolean;
  /** What is said now, without what it quotes; `""` when there is no text. */
  readonly text: string;
  /** The text without mentions; those of a room only, elsewhere nobody is mentioned. */
  readonly textWithoutMentions: string;
  /** The text of what is quoted, `""` when there is none. */
  readonly quoted: string;

  constructor(event: BotEvent) {
    this.event = event;
    this.head = headOf(event);
    this.isMessage = event.message !== undefined;
    this.text = this.head.text ?? '';
    this.quoted = this.head.quoted ?? '';
    this.textWithoutMentions =
      event.message === undefined || !this.head.inRoom
        ? this.text
        : removeMentions(this.text, spansOf(this.text, event.message.mention));
  }

  /** What is said now, without what `strip: [mention]` removes where the rule has it. */
  textFor(rule: CompiledRule): string {
    return rule.stripsMention ? this.textWithoutMentions : this.text;
  }

  /** The texts that the keywords of a rule are tested on, in the order of its places. */
  textsFor(rule: CompiledRule): readonly string[] {
    return textsIn(rule.rule.searchIn, this.textFor(rule), this.quoted);
  }
}

function spansOf(words: string, { spans, texts }: Mention): readonly Span[] {
  return spans ?? mentionSpans(words, texts);
}

function headOf(event: BotEvent): EventHead {
  const { message } = event;
  return {
    name: event.name,
    isSelf: event.isSelf,
    inRoom: event.conversation?.kind === 'room',
    ...(message && {
      type: message.payload.type,
      text: message.words,
      quoted: message.quoted?.text ?? '',
    }),
  };
}
