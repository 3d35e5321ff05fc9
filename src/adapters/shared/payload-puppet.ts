import { type payloads, types } from 'wechaty-puppet';
import { isAcceptanceAwaited } from '../../core/acceptance.js';
import type { Clock } from '../../core/clock.js';
import { CallbackError } from '../../core/errors.js';
import type { PersonalData } from '../../core/personal-records.js';
import { createDirectory, type Directory } from './directory.js';
import { RememberedMessages } from './remembered-messages.js';
import { unknownContact, unknownRoom } from './unknown-payloads.js';
import { UnsupportedPuppet } from './unsupported-puppet.js';

/** Where a puppet's payloads come from. */
export interface PayloadSources {
  /** The bot itself, as a contact. */
  readonly self: payloads.Contact;
  /** What is said of a contact that was not looked up yet. Default: the id alone. */
  readonly unknownContact?: (id: string) => payloads.Contact;
  /** Asks the platform about a contact. Default: nothing is known but the id. */
  readonly lookUpContact?: (id: string) => Promise<payloads.Contact>;
  /** Asks the platform about a room. Default: nothing is known but the id. */
  readonly lookUpRoom?: (id: string) => Promise<payloads.Room>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
}

/**
 * A puppet that answers Wechaty's questions about messages, contacts and rooms. While a platform
 * waits for what comes of its event, only what is known already is told, and the rest is looked up
 * in the background; at all other times a question waits a moment for its answer. A name that cannot
 * be had is empty: Wechaty would lose a message for it.
 *
 * `Beside` is what an adapter keeps with a message, for instance where its file is.
 */
export abstract class PayloadPuppet<Beside> extends UnsupportedPuppet {
  readonly #self: payloads.Contact;
  readonly #contacts: Directory<payloads.Contact>;
  readonly #rooms: Directory<payloads.Room>;
  readonly #messages: RememberedMessages<Beside>;

  constructor(sources: PayloadSources) {
    // No options are handed on: Wechaty's log prints them, secrets included.
    super();
    const { self, lookUpContact, lookUpRoom, clock } = sources;
    const bare = sources.unknownContact ?? unknownContact;
    this.#self = self;
    this.#messages = new RememberedMessages(clock);
    this.#contacts = createDirectory({
      lookUp: lookUpContact ?? ((id) => Promise.resolve(bare(id))),
      unknown: bare,
      clock,
    });
    this.#rooms = createDirectory({
      lookUp: lookUpRoom ?? ((id) => Promise.resolve(unknownRoom(id))),
      unknown: unknownRoom,
      clock,
    });
  }

  /** Keeps a message for those who ask for it: whole for a minute, then as far as there is room. */
  protected keepMessage(payload: payloads.Message, beside: Beside): void {
    this.#messages.keep(payload, beside);
  }

  /** A message that was kept is being delivered, and stays whole; answers how to end that. */
  protected holdMessage(messageId: string): () => void {
    return this.#messages.hold(messageId);
  }

  /** How much memory the messages take that are whole still, in bytes. */
  protected wholeMessageBytes(): number {
    return this.#messages.wholeBytes;
  }

  /** So many bytes of messages are remembered from now on. */
  protected rememberMessages(bytes: number): void {
    this.#messages.limit(bytes);
  }

  /** What is remembered of people. */
  protected rememberedData(): PersonalData {
    return this.#messages.personal();
  }

  /** What the adapter kept with a message. Rejects for one that is not known any more. */
  protected async besideOf(messageId: string): Promise<Beside> {
    return this.#messages.get(messageId).beside;
  }

  /**
   * A message whose text can be said once more.
   *
   * @throws CallbackError `message-forgotten` for one that is not known any more, or whose long text
   *   is not
   */
  protected wholeMessage(messageId: string): payloads.Message {
    return this.#messages.whole(messageId);
  }

  override async messagePayload(messageId: string): Promise<payloads.Message> {
    return this.#messages.get(messageId).payload;
  }

  override messageRawPayload(messageId: string): Promise<payloads.Message> {
    return this.messagePayload(messageId);
  }

  override async messageRawPayloadParser(payload: payloads.Message): Promise<payloads.Message> {
    return payload;
  }

  override messageList(): string[] {
    return this.#messages.ids();
  }

  override async contactPayload(contactId: string): Promise<payloads.Contact> {
    if (contactId === this.#self.id) return this.#self;
    return isAcceptanceAwaited()
      ? this.#contacts.now(contactId)
      : await this.#contacts.soon(contactId);
  }

  override contactRawPayload(contactId: string): Promise<payloads.Contact> {
    return this.contactPayload(contactId);
  }

  override async contactRawPayloadParser(payload: payloads.Contact): Promise<payloads.Contact> {
    return payload;
  }

  /** Those who were met so far. */
  override async contactList(): Promise<string[]> {
    return [this.#self.id, ...this.#contacts.ids()];
  }

  override async roomPayload(roomId: string): Promise<payloads.Room> {
    return isAcceptanceAwaited() ? this.#rooms.now(roomId) : await this.#rooms.soon(roomId);
  }

  override roomRawPayload(roomId: string): Promise<payloads.Room> {
    return this.roomPayload(roomId);
  }

  override async roomRawPayloadParser(payload: payloads.Room): Promise<payloads.Room> {
    return payload;
  }

  /** Those that were met so far. */
  override async roomList(): Promise<string[]> {
    return this.#rooms.ids();
  }

  override async roomMemberList(roomId: string): Promise<string[]> {
    return (await this.roomPayload(roomId)).memberIdList;
  }

  override async roomMemberRawPayload(
    _roomId: string,
    contactId: string,
  ): Promise<payloads.RoomMember> {
    const { id, name, avatar } = await this.contactPayload(contactId);
    return { id, name, avatar };
  }

  override async roomMemberRawPayloadParser(
    payload: payloads.RoomMember,
  ): Promise<payloads.RoomMember> {
    return payload;
  }

  override async friendshipRawPayload(friendshipId: string): Promise<payloads.Friendship> {
    throw new CallbackError('friendship-forgotten', {
      text: {
        en: `The friendship ${friendshipId} is not known, or not any more.`,
        zh: `未知或已淘汰的好友事件 ${friendshipId}。`,
      },
    });
  }

  override async friendshipRawPayloadParser(
    payload: payloads.Friendship,
  ): Promise<payloads.Friendship> {
    return payload;
  }

  /** What is known of a contact may have changed. */
  protected expireContact(contactId: string): void {
    this.#contacts.expire(contactId);
  }

  /** What is known of a room may have changed. */
  protected expireRoom(roomId: string): void {
    this.#rooms.expire(roomId);
  }

  /**
   * Asks the platform about a room whose topic changed, whoever waits: the answer is the event.
   * Rejects when it does not answer.
   */
  protected async renamedRoom(roomId: string) {
    const before = this.#rooms.now(roomId).topic;
    this.#rooms.expire(roomId);
    return { before, now: await this.#rooms.get(roomId) };
  }

  /**
   * Wechaty looks the bot itself up at this event, which rejects, where nobody hears it, once the bot
   * is logged out.
   */
  override dirtyPayload(payloadType: types.Dirty, payloadId: string): void {
    setImmediate(() => {
      if (this.isLoggedIn) this.emit('dirty', { payloadType, payloadId });
    });
  }

  /** Nothing is forgotten here, only asked for again: who waits for an answer gets the old one. */
  override onDirty(dirty: payloads.EventDirty): void {
    const { payloadType, payloadId } = dirty;
    if (payloadType === types.Dirty.Contact) this.#contacts.expire(payloadId);
    else if (payloadType === types.Dirty.Room) this.#rooms.expire(payloadId);
    else super.onDirty(dirty);
  }
}
