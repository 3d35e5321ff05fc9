import type { WebhookPuppetSetup } from '../shared/webhook-puppet.js';
import type { AppChats } from './client/app-chat.js';
import { needClient } from './need-client.js';
import { type SpeakingParts, SpeakingPuppet } from './speaking-puppet.js';

/**
 * The part of the puppet that makes and changes group chats (应用群聊). The app can speak there, and
 * hears nothing: what members write in them does not reach it (D90245).
 */
export abstract class ChatPuppet extends SpeakingPuppet {
  readonly #parts: SpeakingParts;

  constructor(setup: WebhookPuppetSetup, parts: SpeakingParts) {
    super(setup, parts);
    this.#parts = parts;
  }

  /** Two members or more; WeCom chooses who owns the chat. Answers its id. */
  override async roomCreate(members: readonly string[], topic?: string): Promise<string> {
    return await this.#chats().create({ members, ...(topic !== undefined && { name: topic }) });
  }

  override async roomAdd(roomId: string, member: string | readonly string[]): Promise<void> {
    await this.#change(roomId, { add: [member].flat() });
  }

  override async roomDel(roomId: string, member: string | readonly string[]): Promise<void> {
    await this.#change(roomId, { remove: [member].flat() });
  }

  override roomTopic(roomId: string): Promise<string>;
  override roomTopic(roomId: string, topic: string): Promise<void>;
  override async roomTopic(roomId: string, topic?: string): Promise<string | void> {
    if (topic === undefined) return (await this.roomPayload(roomId)).topic;
    await this.#change(roomId, { name: topic });
  }

  async #change(roomId: string, change: Parameters<AppChats['update']>[1]): Promise<void> {
    await this.#chats().update(roomId, change);
    this.#parts.client?.directory.appChats.forget(roomId);
    this.expire({ rooms: [roomId] });
  }

  /** @throws CallbackError `wecom-secret-missing` */
  #chats(): AppChats {
    return needClient(this.#parts.client).appChats;
  }
}
