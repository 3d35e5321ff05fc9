import { FileBox, type FileBoxInterface } from 'file-box';
import { type payloads, throwUnsupportedError, types } from 'wechaty-puppet';
import { cleanText } from '../../core/text/clean-text.js';
import { splitText } from '../../core/text/split-text.js';
import { WebhookPuppet, type WebhookPuppetSetup } from '../shared/webhook-puppet.js';
import { weComTextLimit } from './capabilities.js';
import type { WeComClient } from './client.js';
import type { DecodedMessage } from './decode/decoded.js';
import {
  encodeContact,
  encodeLink,
  encodeLocation,
  encodeMedia,
  encodeMiniProgram,
  encodeText,
  type Target,
} from './encode.js';
import { needClient } from './need-client.js';
import type { PassiveReply } from './passive-reply.js';
import { createUploadOnce, type UploadOnce } from './repetition.js';
import type { Said, Sending } from './sending.js';

/** What speaking takes. */
export interface SpeakingParts {
  /** Absent: without `secret`. */
  readonly client: WeComClient | undefined;
  /** It may send by itself; else it answers in the response of a callback alone. */
  readonly speaks: boolean;
  readonly sending: Sending;
}

/** The half of the puppet that says things to members, and fetches what they sent. */
export abstract class SpeakingPuppet extends WebhookPuppet<DecodedMessage> {
  readonly #client: WeComClient | undefined;
  readonly #speaks: boolean;
  readonly #sending: Sending;
  readonly #upload: UploadOnce = createUploadOnce(
    async (file) => await this.#api().media.upload(file),
  );

  constructor(setup: WebhookPuppetSetup, { client, speaks, sending }: SpeakingParts) {
    super(setup);
    this.#client = client;
    this.#speaks = speaks;
    this.#sending = sending;
  }

  override async messageFile(messageId: string): Promise<FileBoxInterface> {
    const { media, payload } = await this.besideOf(messageId);
    if (media === undefined) throwUnsupportedError();
    const { bytes } = await this.#api().media.download(media.mediaId);
    return FileBox.fromBuffer(bytes, payload.filename ?? messageId);
  }

  override async messageImage(messageId: string): Promise<FileBoxInterface> {
    return await this.messageFile(messageId);
  }

  override async messageUrl(messageId: string): Promise<payloads.UrlLink> {
    return (await this.besideOf(messageId)).link ?? throwUnsupportedError();
  }

  override async messageLocation(messageId: string): Promise<payloads.Location> {
    return (await this.besideOf(messageId)).location ?? throwUnsupportedError();
  }

  /**
   * Says a text, in as many messages as it takes; answers the id of the last.
   *
   * @param mentions who is told of it, in a group chat alone
   */
  override async messageSendText(
    conversationId: string,
    text: string,
    mentions: readonly string[] = [],
  ): Promise<string | undefined> {
    let id: string | undefined;
    for (const [index, piece] of splitText(cleanText(text), weComTextLimit).entries()) {
      const said: Said = {
        active: encodeText(piece),
        passive: { type: 'text', text: piece },
        ...(index === 0 && mentions.length > 0 && { mentions }),
      };
      id = await this.#say(conversationId, said, { type: types.Message.Text, text: piece });
    }
    return id;
  }

  override async messageSendFile(
    conversationId: string,
    file: FileBoxInterface,
  ): Promise<string | undefined> {
    this.#needActive();
    const bytes = await file.toBuffer();
    const { kind, mediaId } = await this.#upload({ name: file.name, bytes });
    return await this.#say(conversationId, { active: encodeMedia(kind, mediaId) });
  }

  override async messageSendUrl(
    conversationId: string,
    link: payloads.UrlLink,
  ): Promise<string | undefined> {
    return await this.#say(conversationId, { active: encodeLink(link), passive: articleOf(link) });
  }

  override async messageSendMiniProgram(
    conversationId: string,
    program: payloads.MiniProgram,
  ): Promise<string | undefined> {
    this.#needActive();
    return await this.#say(conversationId, {
      active: encodeMiniProgram(program, this.targetOf(conversationId)),
    });
  }

  override async messageSendLocation(
    conversationId: string,
    location: payloads.Location,
  ): Promise<string | undefined> {
    this.#needActive();
    return await this.#say(conversationId, { active: encodeLocation(location) });
  }

  override async messageSendContact(
    conversationId: string,
    contactId: string,
  ): Promise<string | undefined> {
    const { name } = await this.contactPayload(contactId);
    const text = name || contactId;
    const passive = { type: 'text', text } as const;
    return await this.#say(conversationId, { active: encodeContact(text), passive });
  }

  override async messageRecall(messageId: string): Promise<boolean> {
    await this.#api().messages.recall(messageId);
    return true;
  }

  override async messageForward(
    conversationId: string,
    messageId: string,
  ): Promise<string | undefined> {
    const { payload, link, location } = await this.besideOf(messageId);
    if (payload.type === types.Message.Text) {
      return await this.messageSendText(conversationId, this.wholeMessage(messageId).text ?? '');
    }
    if (link !== undefined) return await this.messageSendUrl(conversationId, link);
    if (location !== undefined) return await this.messageSendLocation(conversationId, location);
    return await this.messageSendFile(conversationId, await this.messageFile(messageId));
  }

  /** A group chat is one only after it was made or looked up here. */
  protected targetOf(conversationId: string): Target {
    return this.#client?.appChats.isKnown(conversationId) ? 'chat' : 'member';
  }

  /** Says something, and keeps a message that can be recalled as Wechaty wants to load it. */
  async #say(conversationId: string, said: Said, payload: Partial<payloads.Message> = {}) {
    const id = await this.#sending.say(conversationId, said);
    if (id === undefined) return undefined;
    const own: payloads.Message = {
      id,
      type: types.Message.Unknown,
      talkerId: this.currentUserId,
      listenerId: conversationId,
      timestamp: Math.floor(this.clock.now() / 1000),
      ...payload,
    };
    this.keepMessage(own, { kind: 'message', id, payload: own });
    return id;
  }

  /** Rejects as for every kind that a platform does not know, so that it is said in words. */
  #needActive(): void {
    if (!this.#speaks) throwUnsupportedError();
  }

  /** @throws CallbackError `wecom-secret-missing` */
  #api(): WeComClient {
    return needClient(this.#client);
  }
}

/** A link as a passive reply can show it; its title at most 128, its description 512 bytes. */
function articleOf({ title, url, description, thumbnailUrl }: payloads.UrlLink): PassiveReply {
  const article = {
    title,
    url,
    ...(description !== undefined && { description }),
    ...(thumbnailUrl !== undefined && { pictureUrl: thumbnailUrl }),
  };
  return { type: 'news', articles: [article] };
}
