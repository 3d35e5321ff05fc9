import { FileBox, type FileBoxInterface } from 'file-box';
import { log, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import { type payloads, throwUnsupportedError } from 'wechaty-puppet';
import { type mock, PuppetMock } from 'wechaty-puppet-mock';

/** What the bot said, in the words of the puppet. */
export type Said = { readonly conversationId: string } & (
  | { readonly kind: 'text'; readonly text: string; readonly mentionIds: readonly string[] }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly mediaType: string;
      readonly bytes: Buffer;
    }
  | { readonly kind: 'link'; readonly link: payloads.UrlLink }
  | { readonly kind: 'miniProgram'; readonly miniProgram: payloads.MiniProgram }
  | { readonly kind: 'contact'; readonly contactId: string }
  | { readonly kind: 'location'; readonly location: payloads.Location }
);

type SaidKind = Said['kind'];

/**
 * The mock puppet, with a memory of what was said through it. The original forgets who was
 * mentioned, drops links, places and cards without a word, and cannot take a file made of bytes.
 */
class RecordingPuppet extends PuppetMock {
  readonly said: Said[] = [];
  /** Kinds that this platform does not know: they fail as Wechaty's puppets fail. */
  readonly unsupported = new Set<SaidKind>();
  /** When set, called before anything is said; may throw as a platform would. */
  refuse: ((kind: SaidKind) => void) | undefined;
  /** What people are called in one room (群昵称), by contact id. */
  readonly roomAliases = new Map<string, string>();

  #record(said: Said): void {
    this.#check(said.conversationId, said.kind);
    this.said.push(said);
  }

  #check(conversationId: string, kind: SaidKind): void {
    if (!this.isLoggedIn) throw new Error('not logged in');
    if (this.unsupported.has(kind)) throwUnsupportedError();
    this.refuse?.(kind);
    this.#conversation(conversationId);
  }

  /** Throws when there is no such chat, as a platform would. */
  #conversation(id: string): mock.ContactMock | mock.RoomMock {
    const isRoom = this.mocker.cacheRoomPayload.has(id);
    if (!isRoom) this.mocker.contactPayload(id);
    return isRoom ? this.mocker.RoomMock.load(id) : this.mocker.ContactMock.load(id);
  }

  /** A bot hears its own messages, as on WeChat. */
  #hearItself(conversationId: string, something: string | FileBoxInterface, ids: string[]): void {
    const mentions = ids.map((id) => this.mocker.ContactMock.load(id));
    const self = this.mocker.ContactMock.load(this.currentUserId);
    self.say(something, mentions).to(this.#conversation(conversationId));
  }

  override async messageSendText(
    conversationId: string,
    text: string,
    mentionIds: string[] = [],
  ): Promise<void> {
    this.#record({ kind: 'text', conversationId, text, mentionIds });
    this.#hearItself(conversationId, text, mentionIds);
  }

  override async messageSendFile(conversationId: string, file: FileBoxInterface): Promise<void> {
    this.#check(conversationId, 'file');
    const bytes = await file.toBuffer();
    const { name, mediaType } = file;
    this.#record({ kind: 'file', conversationId, name, mediaType, bytes });
    const heard = FileBox.fromBase64(bytes.toString('base64') || 'AA==', name);
    this.#hearItself(conversationId, heard, []);
  }

  override async messageSendUrl(conversationId: string, link: payloads.UrlLink): Promise<void> {
    this.#record({ kind: 'link', conversationId, link });
  }

  override async messageSendMiniProgram(
    conversationId: string,
    miniProgram: payloads.MiniProgram,
  ): Promise<void> {
    this.#record({ kind: 'miniProgram', conversationId, miniProgram });
  }

  override async messageSendContact(conversationId: string, contactId: string): Promise<void> {
    this.#record({ kind: 'contact', conversationId, contactId });
  }

  override async messageSendLocation(
    conversationId: string,
    location: payloads.Location,
  ): Promise<void> {
    this.#record({ kind: 'location', conversationId, location });
  }

  override async roomMemberRawPayload(
    roomId: string,
    contactId: string,
  ): Promise<payloads.RoomMember> {
    const member = await super.roomMemberRawPayload(roomId, contactId);
    const roomAlias = this.roomAliases.get(contactId);
    return roomAlias === undefined ? member : { ...member, roomAlias };
  }
}

/** The mock puppet alone, for bots that are made elsewhere. */
export function recordingPuppet(): RecordingPuppet {
  return new RecordingPuppet();
}

/** How somebody says something to the bot. */
interface Hearing {
  /** Said in this room; absent: said to the bot in private. */
  readonly room?: mock.RoomMock;
  readonly mentions?: readonly mock.ContactMock[];
}

/** A real bot on the mock puppet, started and logged in. */
export interface MockBot {
  readonly bot: WechatyInterface;
  readonly puppet: RecordingPuppet;
  /** The bot's own account. */
  readonly self: mock.ContactMock;
  /** Everything the bot said so far, in order. */
  readonly said: readonly Said[];
  /** The texts among what the bot said. */
  texts(): string[];
  /** The `error` events of the bot. */
  readonly errors: readonly Error[];
  /** Creates a friend. The id must not hold an `@`: the mock takes such ids for rooms. */
  contact(id: string, payload?: Partial<payloads.Contact>): mock.ContactMock;
  /** Creates a room of the bot and these people; its id is `<id>@chatroom`. */
  room(id: string, members: readonly mock.ContactMock[], topic?: string): mock.RoomMock;
  /** Lets somebody say something to the bot. */
  hear(talker: mock.ContactMock, something: string | FileBoxInterface, how?: Hearing): void;
  /** Resolves when the bot has said at least `count` things; rejects after `withinMs` (5,000). */
  saidSoFar(count: number, withinMs?: number): Promise<readonly Said[]>;
  /** To be called in `afterEach`. */
  stop(): Promise<void>;
}

async function waitForSaid(said: readonly Said[], count: number, withinMs: number) {
  const deadline = Date.now() + withinMs;
  while (said.length < count) {
    if (Date.now() > deadline) {
      throw new Error(`The bot said ${said.length} things within ${withinMs} ms, not ${count}.`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
  return said;
}

/**
 * Starts a bot on the mock puppet and logs it in.
 *
 * @param prepare called before the start, e.g. with `bot => bot.use(plugin)`
 * @param selfId the id of the bot's own account
 */
export async function startMockBot(
  prepare?: (bot: WechatyInterface) => void,
  selfId = 'bot',
): Promise<MockBot> {
  log.level('silent');
  const puppet = new RecordingPuppet();
  const bot = WechatyBuilder.build({ puppet });
  const errors: Error[] = [];
  bot.on('error', (error) => {
    errors.push(error);
  });
  prepare?.(bot);
  await bot.start();
  const { mocker } = puppet;
  const self = mocker.createContact({ id: selfId, name: '小助手', friend: true });
  mocker.login(self);

  return {
    bot,
    puppet,
    self,
    said: puppet.said,
    texts: () => puppet.said.flatMap((said) => (said.kind === 'text' ? [said.text] : [])),
    errors,
    contact: (id, payload) =>
      mocker.createContact({ id, name: id, alias: '', friend: true, ...payload }),
    room: (id, members, topic = id) =>
      mocker.createRoom({
        id: `${id}@chatroom`,
        topic,
        ownerId: self.id,
        memberIdList: [self.id, ...members.map((member) => member.id)],
      }),
    hear: (talker, something, how = {}) => {
      talker.say(something, [...(how.mentions ?? [])]).to(how.room ?? self);
    },
    saidSoFar: async (count, withinMs = 60_000) => await waitForSaid(puppet.said, count, withinMs),
    stop: async () => {
      await bot.stop();
    },
  };
}
