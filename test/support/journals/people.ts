import type { BotEvent, Person } from '../../../src/core/event.js';
import { MessageType } from '../../../src/core/message-type.js';

const people: Readonly<Record<string, Person>> = {
  lin: { id: 'wxid_lin', name: '林小满', alias: '小满', tags: ['朋友'], roles: ['friend'] },
  ke: { id: 'wxid_ke', name: '周可可🐾', alias: '', tags: [], roles: ['friend'] },
  lan: { id: 'wxid_lan', name: '阿蓝', alias: '', tags: [], roles: ['member'] },
};

const topics: Readonly<Record<string, string>> = {
  'tea@chatroom': '茶话会 🍵',
  'duty@chatroom': '夜班值守',
};

/** What is said of an event; the rest is made up. */
export interface Saying {
  readonly id: string;
  readonly at: number;
  /** Default: 林小满. */
  readonly from?: keyof typeof people;
  readonly text?: string;
  /** Absent: in the private chat with them. */
  readonly room?: string;
  /** Default: the bot that is logged in. */
  readonly bot?: string;
}

/** Somebody says something. */
export function message({ text = '', ...saying }: Saying): BotEvent {
  const event = notice({ name: 'message', ...saying });
  const { room = '' } = saying;
  const payload = {
    type: MessageType.Text,
    id: saying.id,
    text,
    talkerId: event.user.id,
    ...(room === '' && { listenerId: event.botId }),
    roomId: room,
    timestamp: Math.floor(saying.at / 1000),
  };
  return {
    ...event,
    conversation: room === '' ? { kind: 'contact', id: event.user.id } : { kind: 'room', id: room },
    message: { payload, mention: { me: false, all: false, people: [], texts: [] }, words: text },
  };
}

/** Something happens that is no message; in a room where one is named. */
export function notice({
  id,
  at,
  name,
  from = 'lin',
  room,
  bot = 'wxid_bot',
}: Omit<Saying, 'text'> & { readonly name: string }): BotEvent {
  const user = people[from];
  if (user === undefined) throw new Error(`Nobody is called ${from}.`);
  return {
    id,
    name,
    botId: bot,
    platform: 'wechaty-puppet-service',
    at,
    user,
    isSelf: false,
    ...(room !== undefined && {
      conversation: { kind: 'room', id: room },
      topic: topics[room] ?? '',
    }),
    variables: {},
  };
}
