import { type Acceptance, hasKeeper } from '../../core/acceptance.js';
import { systemClock } from '../../core/clock.js';
import { checkOptions } from '../shared/check-options.js';
import { createDuplicates, type Duplicates } from '../shared/duplicates.js';
import { createPuppetLogger } from '../shared/puppet-logger.js';
import type { Arrival } from '../shared/webhook.js';
import { received as acknowledged, type WebhookAnswer } from '../shared/webhook-answer.js';
import { createWeComCrypt, type WeComCrypt } from '../shared/wecom-crypt/index.js';
import { type Cards, createCards } from './cards.js';
import { ChatPuppet } from './chat-puppet.js';
import type { WeComClient } from './client.js';
import type { Decoded } from './decode/decoded.js';
import { decode } from './decode.js';
import { type Emitter, emitDecoded } from './emit-decoded.js';
import { contentTypes } from './envelope.js';
import { type WeComOptions, weComOptionsSchema } from './options.js';
import type { PassiveReply } from './passive-reply.js';
import { createPassiveWindow, type PassiveWindow } from './passive-window.js';
import type { Received } from './receive.js';
import { weComSteps } from './routes.js';
import { sealPassiveReply } from './seal-reply.js';
import { createSending, type Sending } from './sending.js';
import { setupOf, type WeComParts } from './setup.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** A button, a vote, or a menu of a card. */
const clickName = 'wecom:template_card_';

/** What a callback is answered; the same for a repetition. */
interface Outcome {
  readonly reply?: PassiveReply | undefined;
}

/**
 * A WeCom app (企业微信自建应用) as a Wechaty puppet: members write to the app, and it answers, within
 * the callback's own response while WeCom waits, else by `message/send`.
 *
 * @throws CallbackError `wecom-options-invalid`
 * @example
 * const puppet = new PuppetWeCom({ corpId, agentId, secret, token, aesKey });
 * const bot = WechatyBuilder.build({ puppet });
 */
export class PuppetWeCom extends ChatPuppet {
  readonly #name: string;
  readonly #client: WeComClient | undefined;
  readonly #crypt: WeComCrypt;
  readonly #cards: Cards;
  readonly #window: PassiveWindow;
  readonly #sending: Sending;
  readonly #waits: boolean;
  /** Without another way to answer, also bots that nobody asks whether they will. */
  readonly #waitsForAnybody: boolean;
  readonly #duplicates: Duplicates<Outcome>;

  constructor(options: WeComOptions, parts: WeComParts = {}) {
    const checked = checkOptions('wecom', weComOptionsSchema, options);
    const { clock = systemClock, logger = createPuppetLogger() } = parts;
    const { client, speaks, setup } = setupOf(checked, { ...parts, clock, logger });
    const active = speaks ? client : undefined;
    const window = createPassiveWindow({
      clock,
      holdsClicks: active === undefined,
      windowMs: parts.windowMs,
    });
    const sending = createSending({ client: active, window, name: setup.name, logger, clock });
    super(setup, { client, speaks, sending });
    this.#name = setup.name;
    this.#duplicates = createDuplicates({ shared: { sharing: this.sharing, name: setup.name } });
    this.#client = client;
    this.#sending = sending;
    this.#window = window;
    this.#waits = checked.passive !== 'never';
    this.#waitsForAnybody = active === undefined;
    const { token, aesKey, corpId, receiveId = corpId } = checked;
    this.#crypt = createWeComCrypt({ token, encodingAesKey: aesKey, receiveId });
    const targetOf = (conversationId: string) => this.targetOf(conversationId);
    this.#cards = createCards({ client: active, window, sending, targetOf });
    const steps = weComSteps(this.#crypt, (received, arrival) => this.#keep(received, arrival));
    this.offer(steps, { cards: this.#cards, settings: () => ({ key: 'wecom', options: checked }) });
  }

  override async onStart(): Promise<void> {
    this.#window.open();
    await super.onStart();
  }

  override async onStop(): Promise<void> {
    this.#window.close();
    await super.onStop();
    await this.#client?.close();
  }

  async #keep(received: Received, arrival: Arrival): Promise<WebhookAnswer | undefined> {
    const { form, plaintext, document } = received;
    const decoded = decode(document, { botId: this.#name, plaintext, receivedAt: arrival.at });
    const outcome = await this.#duplicates.once(decoded.id, async () => {
      const acceptance = await this.#emit(decoded);
      if (acceptance.kind === 'failed') return undefined;
      const isHeld = this.#waits && this.#mayBeAnswered(acceptance);
      return { reply: isHeld ? await this.#window.replyTo(document, arrival) : undefined };
    });
    if (outcome?.reply === undefined) return outcome && acknowledged;
    const { FromUserName: toUserName, ToUserName: fromUserName } = document;
    const address = { toUserName, fromUserName, at: this.clock.now() };
    const body = sealPassiveReply(this.#crypt, outcome.reply, address, received);
    return { body, contentType: contentTypes[form] };
  }

  #mayBeAnswered(acceptance: Acceptance): boolean {
    if (acceptance.kind === 'accepted') return acceptance.speaks;
    return this.#waitsForAnybody && !hasKeeper(this);
  }

  #emit(decoded: Decoded): Promise<Acceptance> {
    if (decoded.kind === 'friendship' && decoded.codes.welcomeCode !== undefined) {
      this.#sending.keepWelcome(decoded.payload.contactId, decoded.codes.welcomeCode);
    }
    if (decoded.kind === 'platform') {
      const { id, userId, codes } = decoded;
      this.#noteChange(decoded.variables);
      if (userId !== undefined && decoded.name.startsWith(clickName))
        this.#cards.clicked(id, { userId, ...codes });
    }
    return emitDecoded(this.#emitter, decoded);
  }

  readonly #emitter: Emitter = {
    message: (payload, beside) => this.emitMessage(payload, beside),
    friendship: (payload) => this.emitFriendship(payload),
    roomJoin: (event) => this.emitRoomJoin(event),
    roomLeave: (event) => this.emitRoomLeave(event),
    roomTopic: (event) => this.emitRoomTopic(event),
    platform: (event) => this.emitPlatform(event),
    renamed: (roomId) => {
      this.#client?.directory.customerGroups.forget(roomId);
      return this.renamedRoom(roomId);
    },
  };

  /** A person whom an event names may be called differently now. */
  #noteChange({ Event: event, UserID: member, ExternalUserID: customer }: Variables): void {
    if (event !== 'change_contact' && event !== 'change_external_contact') return;
    const id = customer ?? member?.toLowerCase();
    if (id === undefined) return;
    this.#client?.directory.members.forget(id);
    this.#client?.directory.customers.forget(id);
    this.expire({ people: [id] });
  }
}
