import type { BotEvent, EventHead } from '../core/event.js';
import type { CompiledRule } from './compiled-rule.js';
import { withoutMentions } from './text/mentions.js';

/** An event as the conditions see it. */
export class EventView {
  readonly event: BotEvent;
  readonly head: EventHead;
  /** True for messages, and for events that carry one. */
  readonly isMessage: boolean;
  /** The text as it came, `""` when there is none. */
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
        : withoutMentions(this.text, event.message.mention.texts);
  }

  /** The text that the keywords of a rule are tested on. */
  textFor(rule: CompiledRule): string {
    return rule.stripsMention ? this.textWithoutMentions : this.text;
  }
}

function headOf(event: BotEvent): EventHead {
  const payload = event.message?.payload;
  return {
    name: event.name,
    isSelf: event.isSelf,
    inRoom: event.conversation?.kind === 'room',
    ...(payload && { type: payload.type, text: payload.text ?? '' }),
  };
}
