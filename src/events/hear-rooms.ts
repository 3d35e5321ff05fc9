import type { WechatyInterface } from 'wechaty/impls';
import { eventIdOf } from './event-id.js';
import type { Tell } from './notice-source.js';
import type { WechatyListeners } from './wechaty-listeners.js';

/** Joins, leaves and new topics. Wechaty gives them no id, so it is made of what they say. */
export function hearRooms(bot: WechatyInterface, tell: Tell): () => void {
  const onJoin: WechatyListeners['room-join'] = (room, joined, inviter, date) => {
    for (const contact of joined) {
      const id = eventIdOf('room-join', room.id, contact.id, timeOf(date));
      const variables = { inviterId: inviter.id };
      tell({ name: 'room-join', id, room, contact, place: 'room', variables });
    }
  };
  const onLeave: WechatyListeners['room-leave'] = (room, left, remover, date) => {
    for (const contact of left) {
      const id = eventIdOf('room-leave', room.id, contact.id, timeOf(date));
      const variables: Record<string, string> = remover ? { removerId: remover.id } : {};
      tell({ name: 'room-leave', id, room, contact, place: 'room', variables });
    }
  };
  const onTopic: WechatyListeners['room-topic'] = (...heard) => {
    const [room, topic, oldTopic, contact, date] = heard;
    const id = eventIdOf('room-topic', room.id, contact.id, topic, timeOf(date));
    const variables = { topic, oldTopic };
    tell({ name: 'room-topic', id, room, contact, place: 'room', variables });
  };
  bot.on('room-join', onJoin).on('room-leave', onLeave).on('room-topic', onTopic);
  return () => {
    bot.off('room-join', onJoin).off('room-leave', onLeave).off('room-topic', onTopic);
  };
}

function timeOf(date: Date | undefined): number {
  return date?.getTime() ?? 0;
}
