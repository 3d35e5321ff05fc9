import type { WildfireEvent } from './event.js';

/** Where and when something happened in a room, and who did it. */
export interface RoomMoment {
  readonly id: string;
  readonly roomId: string;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Members came. Without any, nobody came but who did it. */
export function roomJoin(moment: RoomMoment, members: readonly string[]): WildfireEvent {
  const { id, roomId, by, at } = moment;
  const inviteeIdList = orSelf(members, by);
  return {
    kind: 'room-join',
    id,
    what: whatHappened('room-join', roomId, inviteeIdList),
    payload: { inviteeIdList, inviterId: by, roomId, timestamp: at },
  };
}

/** Members went, or were made to go. */
export function roomLeave(moment: RoomMoment, members: readonly string[]): WildfireEvent {
  const { id, roomId, by, at } = moment;
  const removeeIdList = orSelf(members, by);
  return {
    kind: 'room-leave',
    id,
    what: whatHappened('room-leave', roomId, removeeIdList),
    payload: { removeeIdList, removerId: by, roomId, timestamp: at },
  };
}

/** The room is called otherwise. */
export function roomTopic(
  moment: RoomMoment,
  newTopic: string,
  oldTopic: string = '',
): WildfireEvent {
  const { id, roomId, by: changerId, at: timestamp } = moment;
  return {
    kind: 'room-topic',
    id,
    what: whatHappened('room-topic', roomId, [newTopic]),
    payload: { changerId, newTopic, oldTopic, roomId, timestamp },
  };
}

function orSelf(members: readonly string[], by: string): string[] {
  return members.length > 0 ? [...members] : [by];
}

function whatHappened(name: string, roomId: string, about: readonly string[]): string {
  return `${name}:${roomId}:${about.toSorted().join(',')}`;
}
