import type { BotEvent, EventHead, Quotation } from '../../src/core/event.js';
import { MessageType } from '../../src/core/message-type.js';

/** What a test says of a message. */
export interface MessageParts extends Partial<Omit<BotEvent, 'message' | 'conversation'>> {
  readonly text?: string;
  /** Default: the whole text. */
  readonly words?: string;
  readonly quoted?: Quotation;
  readonly type?: number;
  /** Default: a private chat. */
  readonly room?: string;
  readonly mention?: Partial<NonNullable<BotEvent['message']>['mention']>;
}

/** A message from a friend, in a private chat unless `room` is set. */
export function sampleMessage(parts: MessageParts = {}): BotEvent {
  const { text, words: _words, quoted: _quoted, type, room, mention, ...event } = parts;
  return {
    ...sampleNotice(event),
    name: event.name ?? 'message',
    conversation:
      room === undefined ? { kind: 'contact', id: 'alice' } : { kind: 'room', id: room },
    ...(room !== undefined && { topic: event.topic ?? '' }),
    message: {
      payload: {
        type: type ?? MessageType.Text,
        id: 'message-1',
        ...(text !== undefined && { text }),
        talkerId: 'alice',
        roomId: room ?? '',
        timestamp: 1_764_572_000,
      },
      mention: { me: false, all: false, people: [], texts: [], ...mention },
      ...saidIn(parts),
    },
  };
}

function saidIn({ text = '', words = text, quoted }: MessageParts) {
  return { words, ...(quoted && { quoted }) };
}

/** An event that is no message and belongs to no chat. */
export function sampleNotice(parts: Partial<BotEvent> = {}): BotEvent {
  return {
    id: 'event-1',
    name: 'login',
    botId: 'bot',
    platform: 'sample',
    at: Date.UTC(2025, 11, 1, 4, 0),
    user: { id: 'alice', name: 'Alice', alias: '', tags: [], roles: ['friend'] },
    isSelf: false,
    variables: {},
    ...parts,
  };
}

/** The head of an event, as a puppet tells it at no cost. */
export function headOf(event: BotEvent): EventHead {
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
