import type { PersonalData } from './personal-records.js';
import type { CardReply, Reply } from './reply.js';
import type { SharedState } from './shared-state.js';
import type { ToldParts } from './text/read-words.js';

/** How much text a platform takes in one message. */
export interface TextLimit {
  readonly unit: 'bytes' | 'characters';
  readonly max: number;
}

/**
 * What a platform can do natively, as far as rules ask for it. What it cannot do is imitated with
 * text or left out; the log says so when rules are loaded.
 */
export interface Capabilities {
  /** There are group chats whose messages reach the bot. */
  readonly rooms: boolean;
  /** Somebody can be @-mentioned in a group chat. */
  readonly mention: boolean;
  /** A message can quote another. */
  readonly quote: boolean;
  /** Contacts have tags that can be asked for. */
  readonly tags: boolean;
  /** A language model's thinking (`<think>…</think>` before a text) is shown folded. Default: false. */
  readonly thinking?: boolean;
  /** Kinds of replies that it has no message for: said as text, or left out. Default: none. */
  readonly lacksReplies?: readonly Reply['type'][];
  /** The sizes of files that it takes, in bytes; others are said as text, or left out. Default: any. */
  readonly fileBytes?: { readonly min: number; readonly max: number };
  /** Only one message can be said in answer to another. Default: false. */
  readonly oneMessage?: boolean;
}

/** Where the webhook of a platform is answered. */
export interface Webhook {
  /** The path on the server, e.g. `/wecom`: one for each bot. */
  readonly path: string;
  /**
   * Answers one request, as web handlers do: may be mounted in any server that speaks
   * `Request` and `Response`. Never rejects.
   */
  handle(request: Request): Promise<Response>;
}

/** Something said in a chat that is held in this program. */
export interface ChatSaid {
  readonly from: 'person' | 'bot';
  /** The id of who speaks, or of whom the bot speaks to. */
  readonly person: string;
  /** The id of the room; absent in a private chat. */
  readonly room?: string;
  readonly text: string;
}

/** A platform that is nothing but this program: whoever looks at the console can talk to its bot. */
export interface Chat {
  people(): readonly { readonly id: string; readonly name: string }[];
  rooms(): readonly { readonly id: string; readonly topic: string }[];
  /** Somebody says something to the bot. An unknown person or room is new. */
  hear(line: {
    readonly as: string;
    readonly room?: string;
    readonly mention: boolean;
    readonly text: string;
  }): void;
  /** Tells whatever is said, also elsewhere; answers how to end it. */
  watch(told: (said: ChatSaid) => void): () => void;
}

/** Shows what Wechaty has no word for: an answer that grows, and where it ends. */
export interface AnswerPort {
  /**
   * Shows the text of the answer so far, the whole each time; it replaces what was shown before
   * under the same key of the answer scope (see `runInAnswer`). What is said later under that key
   * replaces it for good. Cheap: to be called as often as there is news. Never throws.
   *
   * @returns false when this answer cannot grow on the screen: say it when it is complete
   */
  show(conversationId: string, text: string): boolean | Promise<boolean>;
  /**
   * A task has said all that it will say to an event: when the last one has, the answer ends.
   * Resolves when that is kept. May be told twice. Never rejects.
   */
  complete(eventId: string, taskId: string): Promise<void>;
}

/** Says the cards of a platform. */
export interface CardPort {
  /**
   * @throws CallbackError that names every field which the platform would reject
   */
  check(card: CardReply): void;
  /** Says a card in the answer scope; rejects as a puppet's other ways to speak. */
  say(conversationId: string, card: CardReply): Promise<void>;
}

/** What a puppet of ours can say about itself that Wechaty has no word for. */
export interface PuppetExtras {
  /** Default: 2,000 characters. */
  readonly textLimit?: TextLimit;
  /** Absent: unknown, as with puppets of others. */
  readonly capabilities?: Capabilities;
  /** The host of the server on which the ids of accounts are unique. Default: unique everywhere. */
  readonly server?: string;
  /** Present: `CallbackPlugin` offers it on its HTTP server. */
  readonly webhook?: Webhook;
  /**
   * What a message says and what it quotes, where the platform tells these apart; asked when the
   * message arrives. Absent, or `undefined` for a message: its text is parted. Never throws.
   */
  readonly partsOf?: (messageId: string) => ToldParts | undefined;
  /** Messages are told apart by id, so that an old one is no repetition: `maxAge` does not count. */
  readonly repeatsById?: boolean;
  /**
   * How many events could not be kept yet and wait in memory: only platforms that never repeat need
   * this. More than none is worth an alarm.
   */
  readonly unkept?: () => number;
  /**
   * The adapter's key (`wecom`, …) and its options, complete: present where these can be tested. A
   * function, since who prints a puppet must not see them.
   */
  readonly settings?: () => { readonly key: string; readonly options: object };
  /** Present where people can talk to the bot from the console. */
  readonly chat?: Chat;
  /** Present: answers can be shown while they grow, and their end matters. */
  readonly answers?: AnswerPort;
  /**
   * From now on this is shared with the same puppet in other instances; `undefined`: the program is
   * alone. May be told again.
   *
   * @returns ends it: resolves when everything of this puppet is where others find it. Never rejects.
   */
  readonly share?: (state: SharedState | undefined) => () => Promise<void>;
  /** So many bytes of messages are remembered from now on, for who asks about them later. */
  readonly remember?: (bytes: number) => void;
  /** Present: it keeps data of people beside the journal. */
  readonly personal?: PersonalData;
  /** Present: the platform has cards of its own. Absent: they are said as text. */
  readonly cards?: CardPort;
}

const extrasKey = Symbol.for('wechaty-callback.puppet-extras');

/** The extras of a puppet; none for a puppet that is not ours. */
export function puppetExtras(puppet: object): PuppetExtras {
  return (puppet as { [extrasKey]?: PuppetExtras })[extrasKey] ?? {};
}

/** Gives a puppet its extras. */
export function setPuppetExtras(puppet: object, extras: PuppetExtras): void {
  Object.defineProperty(puppet, extrasKey, { value: extras, configurable: true });
}
