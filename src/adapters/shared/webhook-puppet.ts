import type { payloads } from 'wechaty-puppet';
import { type Acceptance, emitForAcceptance, hasKeeper } from '../../core/acceptance.js';
import { type Clock, systemClock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import { allPersonal } from '../../core/personal-records.js';
import {
  onPlatformEvent,
  type PlatformEvent,
  platformEventName,
} from '../../core/platform-event.js';
import {
  type Capabilities,
  type PuppetExtras,
  setPuppetExtras,
  type TextLimit,
} from '../../core/puppet-extras.js';
import { PayloadPuppet } from './payload-puppet.js';
import { createPuppetLogger } from './puppet-logger.js';
import { PuppetSharing } from './sharing.js';
import { createUnkeptEvents, type UnkeptEvents } from './unkept-events.js';
import { unknownContact } from './unknown-payloads.js';
import { createWebhook, type OpenWebhook, type WebhookSteps } from './webhook.js';

/** What makes the puppet of one platform. */
export interface WebhookPuppetSetup {
  /** The adapter's name. */
  readonly name: string;
  /** The id under which others mention the bot, and under which it logs in. Default: the name. */
  readonly accountId?: string;
  /** The adapter's key, e.g. `wecom`: what Wechaty and receivers know the platform by. */
  readonly platform: string;
  /** Where the webhook is mounted, e.g. `/wecom`. */
  readonly path: string;
  /** What the account is called on the platform; default: the adapter's name. */
  readonly accountName?: string | undefined;
  readonly capabilities: Capabilities;
  readonly textLimit: TextLimit;
  /** True when the platform sends again what it was not acknowledged. */
  readonly repeats: boolean;
  /** The largest body of a webhook, in bytes. Default: 1 MiB. */
  readonly maxBodyBytes?: number;
  readonly unknownContact?: (id: string) => payloads.Contact;
  readonly lookUpContact?: (id: string) => Promise<payloads.Contact>;
  readonly lookUpRoom?: (id: string) => Promise<payloads.Room>;
  /** What other instances know of. Default: it begins and ends without notice. */
  readonly sharing?: PuppetSharing;
  /** Default: Wechaty's log. */
  readonly logger?: Logger | undefined;
  /** Default: the machine's. */
  readonly clock?: Clock | undefined;
}

/** What a platform may have besides. */
type OfferedExtras = 'answers' | 'cards' | 'settings' | 'server' | 'personal' | 'partsOf';

/** Messages that cannot be kept take at most so much memory; further ones are lost. */
const maxUnkeptBytes = 64_000_000;

const heldUntilKept: Acceptance = { kind: 'accepted', speaks: false };

/**
 * A puppet that hears by webhook. It logs in when it starts; before that, and from its stop on, its
 * webhook answers 503 to all but the check of its URL. Calls that the platform has nothing for reject as with all of Wechaty's
 * puppets.
 *
 * A constructor of an adapter calls `offer` with the steps of its webhook; the steps emit with
 * `emitMessage` and the like, whose result says whether the event is kept.
 */
export abstract class WebhookPuppet<Beside = undefined> extends PayloadPuppet<Beside> {
  protected readonly logger: Logger;
  protected readonly clock: Clock;
  /** What this puppet has in common with those of other instances. */
  protected readonly sharing: PuppetSharing;
  readonly #setup: WebhookPuppetSetup;
  readonly #unkept: UnkeptEvents | undefined;
  #webhook: OpenWebhook | undefined;

  constructor(setup: WebhookPuppetSetup) {
    const { name, accountId = name, accountName = name, clock = systemClock } = setup;
    super({ ...setup, self: { ...unknownContact(accountId), name: accountName }, clock });
    this.#setup = setup;
    this.clock = clock;
    this.logger = setup.logger ?? createPuppetLogger();
    this.sharing = setup.sharing ?? new PuppetSharing();
    this.sharing.expect(() => hasKeeper(this));
    const { logger } = this;
    const isFull = () => this.wholeMessageBytes() > maxUnkeptBytes;
    this.#unkept = setup.repeats ? undefined : createUnkeptEvents({ name, logger, clock, isFull });
  }

  /** Answers a request of the platform: mount it where `CallbackPlugin` does not. Never rejects. */
  readonly handle = (request: Request): Promise<Response> =>
    this.#webhook?.handle(request) ?? Promise.resolve(new Response(null, { status: 503 }));

  /** The path that the platform is given. */
  get path(): string {
    return this.#setup.path;
  }

  override name(): string {
    return this.#setup.platform;
  }

  /**
   * Listens to the events for which Wechaty has none.
   *
   * @returns removes the listener
   */
  onPlatform(listener: (event: PlatformEvent) => void): () => void {
    return onPlatformEvent(this, listener);
  }

  /**
   * Offers the webhook, to be called once by the constructor of an adapter.
   *
   * @param steps absent: it hears in another way
   * @param more what the platform can besides
   */
  protected offer<Signed, Document>(
    steps: WebhookSteps<Signed, Document> | undefined,
    more: Pick<PuppetExtras, OfferedExtras> = {},
  ): void {
    const personal = [this.rememberedData(), ...(more.personal ? [more.personal] : [])];
    const { name, path, capabilities, textLimit, maxBodyBytes: maxBytes } = this.#setup;
    const { logger, clock, handle } = this;
    const unkept = this.#unkept;
    const how = { name, logger, clock, ...(maxBytes !== undefined && { maxBytes }) };
    this.#webhook = steps && createWebhook(steps, how);
    setPuppetExtras(this, {
      textLimit,
      capabilities,
      ...(steps && { webhook: { path, handle } }),
      repeatsById: true,
      share: this.sharing.share,
      remember: (bytes) => this.rememberMessages(bytes),
      ...more,
      personal: allPersonal(personal),
      ...(unkept && { unkept: () => unkept.count() }),
    });
  }

  override async onStart(): Promise<void> {
    const { name, accountId = name } = this.#setup;
    this.login(accountId);
    this.#webhook?.open();
    this.emit('ready', { data: name });
  }

  /** Answers what is under way; nothing new comes in. */
  override async onStop(): Promise<void> {
    await this.#webhook?.close();
    await this.#unkept?.close();
  }

  override ding(data?: string): void {
    this.emit('dong', data === undefined ? {} : { data });
  }

  protected async emitMessage(payload: payloads.Message, beside: Beside): Promise<Acceptance> {
    this.keepMessage(payload, beside);
    const emit = () => this.emit('message', { messageId: payload.id });
    if (hasKeeper(this)) return await this.#accept(emit, this.holdMessage(payload.id));
    // Who is acknowledged at once must not be on the way still when the bot stops.
    await this.#introduce(payload);
    return await this.#accept(emit);
  }

  protected emitFriendship(payload: payloads.Friendship): Promise<Acceptance> {
    this.cache.friendship.set(payload.id, payload);
    return this.#accept(() => this.emit('friendship', { friendshipId: payload.id }));
  }

  protected emitRoomInvite(payload: payloads.RoomInvitation): Promise<Acceptance> {
    this.cache.roomInvitation.set(payload.id, payload);
    return this.#accept(() => this.emit('room-invite', { roomInvitationId: payload.id }));
  }

  protected emitRoomJoin(event: payloads.EventRoomJoin): Promise<Acceptance> {
    return this.#accept(() => this.emit('room-join', event));
  }

  protected emitRoomLeave(event: payloads.EventRoomLeave): Promise<Acceptance> {
    return this.#accept(() => this.emit('room-leave', event));
  }

  protected emitRoomTopic(event: payloads.EventRoomTopic): Promise<Acceptance> {
    return this.#accept(() => this.emit('room-topic', event));
  }

  protected emitPlatform(event: PlatformEvent): Promise<Acceptance> {
    return this.#accept(() => this.emit(platformEventName, event));
  }

  /** Has what Wechaty asks about a message before it tells anybody. */
  async #introduce({ talkerId, roomId }: payloads.Message): Promise<void> {
    await this.contactPayload(talkerId);
    if (roomId) await this.roomPayload(roomId);
  }

  /** @param done called when the event is not emitted again */
  async #accept(emit: () => void, done: () => void = () => {}): Promise<Acceptance> {
    const tryOnce = async () => {
      const acceptance = await emitForAcceptance(this, emit);
      if (acceptance.kind !== 'failed') done();
      return acceptance;
    };
    const held = () => this.#unkept?.add(tryOnce) === true;
    // Behind those that came before it.
    const isBehind = (this.#unkept?.count() ?? 0) > 0;
    const acceptance: Acceptance = isBehind ? { kind: 'failed' } : await tryOnce();
    if (acceptance.kind !== 'failed') return acceptance;
    if (held()) return heldUntilKept;
    done();
    return acceptance;
  }
}
