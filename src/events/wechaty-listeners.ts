import type {
  ContactInterface,
  FriendshipInterface,
  MessageInterface,
  RoomInterface,
  RoomInvitationInterface,
} from 'wechaty/impls';

/** The listeners of the Wechaty events that rules know. Wechaty 1.20 does not export its own list. */
export interface WechatyListeners {
  message(message: MessageInterface): void;
  friendship(friendship: FriendshipInterface): void;
  'room-invite'(invitation: RoomInvitationInterface): void;
  'room-join'(
    room: RoomInterface,
    joined: ContactInterface[],
    inviter: ContactInterface,
    date?: Date,
  ): void;
  'room-leave'(
    room: RoomInterface,
    left: ContactInterface[],
    remover?: ContactInterface,
    date?: Date,
  ): void;
  'room-topic'(
    ...heard: [
      room: RoomInterface,
      topic: string,
      oldTopic: string,
      changer: ContactInterface,
      date?: Date,
    ]
  ): void;
  login(account: ContactInterface): void;
  logout(account: ContactInterface, reason?: string): void;
  error(error: Error): void;
}
