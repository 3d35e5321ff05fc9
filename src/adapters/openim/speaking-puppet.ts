import { FileBox, type FileBoxInterface } from 'file-box';
import { LRUCache } from 'lru-cache';
import { type payloads, throwUnsupportedError, types } from 'wechaty-puppet';
import { currentAnswer } from '../../core/answer-scope.js';
import type { Conversation } from '../../core/event.js';
import { WebhookPuppet, type WebhookPuppetSetup } from '../shared/webhook-puppet.js';
import type { OpenIMClient } from './client.js';
import type { Beside } from './emit-decoded.js';
import type { OutgoingContent } from './encode/outgoing-content.js';
import { encodeCustom, encodeMarkdown, encodeQuote, encodeText } from './encode.js';
import { outgoingFile } from './outgoing-file.js';
import { sayOnce } from './said-before.js';

/** What may stand beside the data of a custom message. */
export interface CustomNotes {
  /** Shown by clients that do not know the data. */
  readonly description?: string;
  readonly extension?: string;
}

/** The half of the puppet that says things, and fetches what others sent. */
export abstract class SpeakingPuppet extends WebhookPuppet<Beside> {
  protected readonly client: OpenIMClient;
  readonly #underWay = new Set<Promise<unknown>>();
  /** What an id is, of those that were met: of it alone nobody can tell. */
  readonly #kinds = new LRUCache<string, Conversation['kind']>({ max: 20_000 });

  constructor(setup: WebhookPuppetSetup, client: OpenIMClient) {
    super(setup);
    this.client = client;
  }

  /** What is being said is said to its end; every call has a time limit. */
  override async onStop(): Promise<void> {
    await super.onStop();
    await Promise.allSettled(this.#underWay);
    await this.client.close();
  }

  /** Has a stop wait for `work`. */
  protected track<T>(work: Promise<T>): Promise<T> {
    const tracked = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
    return tracked;
  }

  override async messageFile(messageId: string): Promise<FileBoxInterface> {
    const { media } = await this.besideOf(messageId);
    if (media === undefined) throwUnsupportedError();
    const { filename = messageId, type } = await this.messagePayload(messageId);
    const { bytes } = await this.client.media.download(media.url);
    const box = FileBox.fromBuffer(bytes, filename);
    // In ms, as puppets for WeChat tell it: who forwards a voice need not measure it.
    const isTimed = type === types.Message.Audio && media.seconds !== undefined;
    if (isTimed) box.metadata = { voiceLength: 1000 * media.seconds };
    return box;
  }

  override async messageImage(messageId: string): Promise<FileBoxInterface> {
    return await this.messageFile(messageId);
  }

  override async messageLocation(messageId: string): Promise<payloads.Location> {
    return (await this.besideOf(messageId)).location ?? throwUnsupportedError();
  }

  override async messageContact(messageId: string): Promise<string> {
    return (await this.besideOf(messageId)).contactId ?? throwUnsupportedError();
  }

  override async messageSendText(
    conversationId: string,
    text: string,
    mentionIds: string[] = [],
  ): Promise<string> {
    const mentions = await Promise.all(
      mentionIds.map(async (id) => ({ id, name: (await this.contactPayload(id)).name || id })),
    );
    const shown = { type: types.Message.Text, text };
    const { eventId: id, quote } = currentAnswer() ?? {};
    const content =
      id !== undefined && quote !== undefined
        ? encodeQuote(text, {
            id,
            senderId: quote.userId,
            senderName: quote.name,
            text: quote.text,
            sentAt: await this.#sentAt(id),
          })
        : encodeText(text, mentions);
    return await this.#say(conversationId, content, shown);
  }

  /** In ms since 1970; now for a message of an earlier process. */
  async #sentAt(messageId: string): Promise<number> {
    const known = await this.messagePayload(messageId).catch(() => undefined);
    return known === undefined ? this.clock.now() : 1000 * known.timestamp;
  }

  override async messageSendFile(conversationId: string, file: FileBoxInterface): Promise<string> {
    const { type, content } = await this.track(outgoingFile(this.client.media, file));
    return await this.#say(conversationId, content, { type, filename: file.name });
  }

  /**
   * Says Markdown. Only servers after v3.8.3 take it.
   *
   * @returns the id of the message
   * @throws OpenIMApiError, with `errCode` 1001 from servers that do not take it
   */
  async messageSendMarkdown(conversationId: string, text: string): Promise<string> {
    return await this.#say(conversationId, encodeMarkdown(text), {
      type: types.Message.Text,
      text,
    });
  }

  /**
   * Says a text as the answer to a message that the bot knows. Only servers after v3.8.3 take it.
   *
   * @returns the id of the message
   * @throws OpenIMApiError likewise; CallbackError `message-forgotten`
   */
  async messageSendQuote(conversationId: string, text: string, messageId: string): Promise<string> {
    const asked = await this.messagePayload(messageId);
    const senderId = asked.talkerId ?? '';
    const { name } = await this.contactPayload(senderId);
    const content = encodeQuote(text, {
      id: messageId,
      senderId,
      senderName: name,
      text: asked.text ?? asked.filename ?? '',
      sentAt: 1000 * asked.timestamp,
    });
    return await this.#say(conversationId, content, { type: types.Message.Text, text });
  }

  /**
   * Says what the apps of a server have made up among themselves (content type 110).
   *
   * @param data by custom a JSON document; must not be blank
   * @returns the id of the message
   * @throws OpenIMApiError
   */
  async messageSendCustom(
    conversationId: string,
    data: string,
    { description = '', extension = '' }: CustomNotes = {},
  ): Promise<string> {
    const content = encodeCustom(data, description, extension);
    const shown = { type: types.Message.Unknown, text: data };
    return await this.#say(conversationId, content, shown);
  }

  override async messageForward(conversationId: string, messageId: string): Promise<string> {
    const { type } = await this.messagePayload(messageId);
    if (type === types.Message.Text) {
      return await this.messageSendText(conversationId, this.wholeMessage(messageId).text ?? '');
    }
    return await this.messageSendFile(conversationId, await this.messageFile(messageId));
  }

  /** The server knows a message by its place, which is looked up. */
  override async messageRecall(messageId: string): Promise<boolean> {
    const { conversationId = '' } = await this.besideOf(messageId);
    const { timestamp } = await this.messagePayload(messageId);
    const sentAt = timestamp * 1000;
    const stored = await this.client.readBack.find(conversationId, messageId, { sentAt });
    if (stored === undefined) return false;
    await this.client.messages.revoke(conversationId, stored.seq);
    return true;
  }

  /** Says something, and keeps it as Wechaty wants to load it. */
  async #say(conversationId: string, content: OutgoingContent, shown: Partial<payloads.Message>) {
    const isRoom = await this.#isRoom(conversationId);
    const pair = [this.currentUserId, conversationId].toSorted().join('_');
    const place = isRoom ? `sg_${conversationId}` : `si_${pair}`;
    const id = await this.track(
      sayOnce(this.client, { kind: isRoom ? 'room' : 'contact', id: conversationId }, content, {
        place,
        text: shown.text,
      }),
    );
    const common = {
      id,
      type: types.Message.Unknown,
      talkerId: this.currentUserId,
      timestamp: Math.floor(this.clock.now() / 1000),
      ...shown,
    };
    const whole = isRoom
      ? { ...common, roomId: conversationId }
      : { ...common, listenerId: conversationId };
    this.keepMessage(whole, { conversationId: place });
    return id;
  }

  /** Takes over what an id is. */
  protected meet({ kind, id }: Conversation): void {
    this.#kinds.set(id, kind);
  }

  /** Wechaty names a conversation by its id alone: is it a group of the bot's? */
  async #isRoom(id: string): Promise<boolean> {
    const known = this.#kinds.get(id);
    if (known !== undefined) return known === 'room';
    const isRoom = (await this.client.directory.memberships.get(id)) === true;
    if (isRoom) this.meet({ kind: 'room', id });
    return isRoom;
  }
}
