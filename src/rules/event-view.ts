import type { BotEvent, EventHead, Mention } from '../core/event.js';
import { mentionSpans, removeMentions } from '../core/text/mention/remove-mentions.js';
import type { Span } from '../core/text/spans.js';
import type { CompiledRule } from './compiled-rule.js';

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

  constructor(event: BotEvent) {
    this.event = event;
    this.head = headOf(event);
    this.isMessage = event.message !== undefined;
    this.text = this.head.text ?? '';
    this.textWithoutMentions =
      event.message === undefined || !this.head.inRoom
        ? this.text
        : removeMentions(this.text, spansOf(this.text, event.message.mention));
  }

  /** The text that the keywords of a rule are tested on. */
  textFor(rule: CompiledRule): string {
    return rule.stripsMention ? this.textWithoutMentions : this.text;
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
    ...(message && { type: message.payload.type, text: message.words }),
  };
}
