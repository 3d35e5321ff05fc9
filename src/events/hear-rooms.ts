import type { WechatyInterface } from 'wechaty/impls';
import { eventIdOf } from './event-id.js';
import type { Notice } from './read-notice.js';
import type { WechatyListeners } from './wechaty-listeners.js';

/** How far apart two reports of one undated event may be, in ms. */
const sameEventMs = 5000;

/** What hearing needs. */
export interface NoticeHearing {
  readonly bot: WechatyInterface;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly tell: (notice: Notice) => void;
}

/** Joins, leaves and new topics. Wechaty gives them no id, so it is made of what they say. */
export function hearRooms({ bot, now, tell }: NoticeHearing): () => void {
  const timeOf = (date: Date | undefined): number => {
    const time = date?.getTime() ?? Number.NaN;
    return Number.isNaN(time) ? Math.floor(now() / sameEventMs) : time;
  };
  const onJoin: WechatyListeners['room-join'] = (room, joined, inviter, date) => {
    for (const contact of joined) {
      const id = eventIdOf('room-join', room.id, contact.id, timeOf(date));
      tell({ name: 'room-join', id, room, contact, variables: { inviterId: inviter.id } });
    }
  };
  const onLeave: WechatyListeners['room-leave'] = (room, left, remover, date) => {
    for (const contact of left) {
      const id = eventIdOf('room-leave', room.id, contact.id, timeOf(date));
      const variables: Record<string, string> = remover ? { removerId: remover.id } : {};
      tell({ name: 'room-leave', id, room, contact, variables });
    }
  };
  const onTopic: WechatyListeners['room-topic'] = (...heard) => {
    const [room, topic, oldTopic, contact, date] = heard;
    const id = eventIdOf('room-topic', room.id, contact.id, topic, timeOf(date));
    tell({ name: 'room-topic', id, room, contact, variables: { topic, oldTopic } });
  };
  bot.on('room-join', onJoin).on('room-leave', onLeave).on('room-topic', onTopic);
  return () => {
    bot.off('room-join', onJoin).off('room-leave', onLeave).off('room-topic', onTopic);
  };
}
