import type { FileBoxInterface } from 'file-box';
import { Puppet, type payloads, types } from 'wechaty-puppet';
import { type Chat, setPuppetExtras } from '../src/core/puppet-extras.js';
import { type ShownAsText, shownAsText } from './shown-as-text.js';

/** Whom the console can speak as. */
const people: readonly string[] = ['Alice', 'Bob'];

/** The bot's own account. */
export const botName = 'bot';

/** Where, and as whom, the next line is said. */
export interface Scene {
  /** The contact who types. */
  readonly name: string;
  /** The room's topic; absent: a private chat with the bot. */
  readonly room?: string;
}

/** What was said, ready to be shown. */
export interface Said {
  readonly from: 'person' | 'bot';
  /** Who speaks, or whom the bot speaks to in private. */
  readonly person: string;
  /** The room's topic; absent in a private chat. */
  readonly room?: string;
  readonly text: string;
}

type RawMessage = payloads.Message;

/**
 * A Wechaty puppet whose platform is a terminal: `hear()` is a message from a contact, and what
 * the bot says goes to `show`. A contact's or room's id is its name.
 */
export class TerminalPuppet extends Puppet {
  readonly #shows = new Set<(said: Said) => void>();
  readonly #messages = new Map<string, RawMessage>();
  readonly #rooms = new Map<string, Set<string>>();
  readonly #contacts = new Set<string>([botName, ...people]);
  readonly #text: ShownAsText;
  #count = 0;

  /** `rooms`: the topics of those that are there from the start. */
  constructor(show: (said: Said) => void, rooms: readonly string[] = [], chinese = false) {
    super();
    this.#shows.add(show);
    this.#text = shownAsText(chinese);
    for (const room of rooms) this.#members(room);
    // The console offers a chat with this bot.
    setPuppetExtras(this, { chat: this.#chat() });
  }

  #chat(): Chat {
    return {
      people: () => people.map((name) => ({ id: name, name })),
      rooms: () => [...this.#rooms.keys()].map((room) => ({ id: room, topic: room })),
      hear: ({ as, room, mention, text }) => {
        const said = mention ? `@${botName} ${text}` : text;
        this.hear(said, { name: as, ...(room === undefined ? {} : { room }) });
      },
      watch: (told) => {
        this.#shows.add(told);
        return () => this.#shows.delete(told);
      },
    };
  }

  override name(): string {
    return 'terminal';
  }

  override async onStart(): Promise<void> {
    this.login(botName);
    this.emit('ready', { data: 'terminal' });
  }

  override async onStop(): Promise<void> {
    if (this.isLoggedIn) await this.logout('the terminal was closed');
  }

  override ding(data = ''): void {
    this.emit('dong', { data });
  }

  /** A contact says `text`; `@bot` in it mentions the bot. */
  hear(text: string, scene: Scene): void {
    this.#contacts.add(scene.name);
    const { room } = scene;
    const base = { id: this.#nextId(), talkerId: scene.name, text, type: types.Message.Text };
    const timestamp = Math.floor(Date.now() / 1000);
    if (room === undefined) {
      this.#messages.set(base.id, { ...base, listenerId: botName, timestamp });
    } else {
      this.#members(room).add(scene.name);
      const mentionIdList = text.includes(`@${botName}`) ? [botName] : [];
      this.#messages.set(base.id, { ...base, roomId: room, mentionIdList, timestamp });
    }
    this.#tell({
      from: 'person',
      person: scene.name,
      ...(room === undefined ? {} : { room }),
      text,
    });
    this.emit('message', { messageId: base.id });
  }

  /** Somebody enters a room. */
  join(scene: Required<Scene>): void {
    this.#contacts.add(scene.name);
    this.#members(scene.room).add(scene.name);
    this.emit('room-join', {
      inviteeIdList: [scene.name],
      inviterId: botName,
      roomId: scene.room,
      timestamp: Math.floor(Date.now() / 1000),
    });
  }

  override async contactList(): Promise<string[]> {
    return [...this.#contacts];
  }

  override async contactRawPayload(id: string): Promise<payloads.Contact> {
    return {
      id,
      name: id,
      gender: types.ContactGender.Unknown,
      type: types.Contact.Individual,
      avatar: '',
      friend: id !== botName,
      phone: [],
    };
  }

  override async contactRawPayloadParser(raw: payloads.Contact): Promise<payloads.Contact> {
    return raw;
  }

  override async roomList(): Promise<string[]> {
    return [...this.#rooms.keys()];
  }

  override async roomMemberList(id: string): Promise<string[]> {
    return [...this.#members(id)];
  }

  override async roomRawPayload(id: string): Promise<payloads.Room> {
    return { id, topic: id, memberIdList: [...this.#members(id)], adminIdList: [] };
  }

  override async roomRawPayloadParser(raw: payloads.Room): Promise<payloads.Room> {
    return raw;
  }

  override async roomMemberRawPayload(_room: string, id: string): Promise<payloads.RoomMember> {
    return { id, name: id, avatar: '' };
  }

  override async roomMemberRawPayloadParser(
    raw: payloads.RoomMember,
  ): Promise<payloads.RoomMember> {
    return raw;
  }

  override async messageRawPayload(id: string): Promise<RawMessage> {
    const message = this.#messages.get(id);
    if (message === undefined) throw new Error(`no message ${id}`);
    return message;
  }

  override async messageRawPayloadParser(raw: RawMessage): Promise<RawMessage> {
    return raw;
  }

  override async messageSendText(conversationId: string, text: string): Promise<void> {
    this.#say(conversationId, text);
  }

  override async messageSendFile(conversationId: string, file: FileBoxInterface): Promise<void> {
    this.#say(conversationId, this.#text.file(file));
  }

  override async messageSendUrl(conversationId: string, link: payloads.UrlLink): Promise<void> {
    this.#say(conversationId, this.#text.link(link));
  }

  override async messageSendMiniProgram(
    conversationId: string,
    program: payloads.MiniProgram,
  ): Promise<void> {
    this.#say(conversationId, this.#text.miniProgram(program));
  }

  override async messageSendContact(conversationId: string, contactId: string): Promise<void> {
    this.#say(conversationId, this.#text.contact(contactId));
  }

  override async messageSendLocation(
    conversationId: string,
    place: payloads.Location,
  ): Promise<void> {
    this.#say(conversationId, this.#text.location(place));
  }

  #say(conversationId: string, text: string): void {
    const isRoom = this.#rooms.has(conversationId);
    const person = isRoom ? botName : conversationId;
    this.#tell({ from: 'bot', person, ...(isRoom ? { room: conversationId } : {}), text });
  }

  #tell(said: Said): void {
    for (const show of this.#shows) show(said);
  }

  #members(room: string): Set<string> {
    const members = this.#rooms.get(room) ?? new Set([botName]);
    this.#rooms.set(room, members);
    return members;
  }

  #nextId(): string {
    this.#count += 1;
    return `terminal-${Date.now()}-${this.#count}`;
  }
}
