import type { payloads } from 'wechaty-puppet';
import { type Acceptance, isAcceptanceAwaited } from '../../core/acceptance.js';
import { type Clock, systemClock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import { askForVerdict } from '../../core/verdict.js';
import { checkOptions } from '../shared/check-options.js';
import { createDistinctTimes } from '../shared/distinct-times.js';
import { createPatience, type Patience } from '../shared/patience.js';
import { platformEventOf } from '../shared/platform-event-of.js';
import { createPuppetLogger } from '../shared/puppet-logger.js';
import type { Arrival } from '../shared/webhook.js';
import type { WebhookAnswer } from '../shared/webhook-answer.js';
import { acknowledged, allowed, refused } from './answer.js';
import { forgetChanges } from './changes.js';
import { type Confirmer, createConfirmer } from './confirm-message.js';
import { groupIdOf } from './decode/decode-recall.js';
import type { DecodedQuestion, DecodedRoomInvite, DecodedRoomJoin } from './decode/decoded.js';
import { saidOf } from './decode/said.js';
import { decode } from './decode.js';
import { type Emitted, type Emitter, emitDecoded } from './emit-decoded.js';
import { createIntake, type Intake } from './intake.js';
import { type Introduction, introduce } from './introduce.js';
import { type CheckedOpenIMOptions, type OpenIMOptions, openIMOptionsSchema } from './options.js';
import { memberOf } from './people.js';
import { openIMSteps, type ReceivedCallback } from './routes.js';
import type { OpenIMDocument } from './schema/index.js';
import { setupOf } from './setup.js';
import { SpeakingPuppet } from './speaking-puppet.js';
import { createVerifier } from './verify.js';

/** Parts of the program that may be replaced. */
export interface OpenIMParts {
  /** Default: Wechaty's log. */
  readonly logger?: Logger;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/**
 * A user of an OpenIM server as a Wechaty puppet. It hears what `config/webhooks.yml` of the server
 * turns on, all messages of the server among it: those of its own chats are messages, all others
 * events for rules that name them. It speaks by the REST API.
 *
 * @throws CallbackError `openim-options-invalid`
 * @example
 * const puppet = new PuppetOpenIM({ botId: 'bot', secret, callbackSecret });
 * const bot = WechatyBuilder.build({ puppet });
 */
export class PuppetOpenIM extends SpeakingPuppet {
  readonly #options: CheckedOpenIMOptions;
  readonly #name: string;
  readonly #intake: Intake;
  readonly #confirmer: Confirmer;
  readonly #distinct = createDistinctTimes();
  readonly #emitter: Emitter;
  // Two: names of a large group are slow to come, whether the bot is in a group is not.
  readonly #names: Patience;
  readonly #memberships: Patience;
  #introduction: Promise<Introduction | undefined> = Promise.resolve(undefined);
  #untilStop = new AbortController();

  constructor(options: OpenIMOptions, parts: OpenIMParts = {}) {
    const checked = checkOptions('openim', openIMOptionsSchema, options);
    const { clock = systemClock, logger = createPuppetLogger() } = parts;
    const { name = 'openim', botId, path, callbackSecret, allow, proxies } = checked;
    const { client, setup } = setupOf(checked, { clock, logger });
    super(setup, client);
    this.#options = checked;
    this.#name = name;
    this.#intake = createIntake({ clock, sharing: this.sharing, name });
    this.#confirmer = createConfirmer({ name, readBack: client.readBack, logger, clock });
    this.#emitter = this.#emitterOf(botId);
    this.#names = createPatience(clock);
    this.#memberships = createPatience(clock);
    const verifier = createVerifier({ name, path, secret: callbackSecret, allow, proxies });
    if (verifier.warning) logger.warn(verifier.warning);
    this.offer(
      openIMSteps(verifier, (received, arrival) => this.#keep(received, arrival)),
      {
        server: new URL(checked.apiUrl).hostname,
        partsOf: (messageId) => saidOf(this.keptBeside(messageId)),
        settings: () => ({ key: 'openim', options: checked }),
      },
    );
  }

  /** Who it is stands in the options: the webhook opens before anybody is asked how it is called. */
  override async onStart(): Promise<void> {
    this.#untilStop = new AbortController();
    const { client, logger } = this;
    const introducing = { name: this.#name, options: this.#options, client, logger };
    this.#introduction = this.track(introduce(introducing, this.#untilStop.signal));
    await super.onStart();
  }

  override async onStop(): Promise<void> {
    this.#untilStop.abort();
    await super.onStop();
  }

  override async contactPayload(id: string): Promise<payloads.Contact> {
    const payload = await super.contactPayload(id);
    if (id !== this.#options.botId) return payload;
    return { ...payload, ...(await this.#names.wait(this.#introduction, undefined)) };
  }

  override async roomMemberRawPayload(roomId: string, id: string): Promise<payloads.RoomMember> {
    const members = this.client.directory.members.get(roomId);
    const asking = members.then((all) => all?.find(({ userID }) => userID === id));
    const member = isAcceptanceAwaited()
      ? await this.#names.wait(asking, undefined)
      : await asking.catch(() => undefined);
    return member ? memberOf(member) : await super.roomMemberRawPayload(roomId, id);
  }

  override async friendshipAccept(friendshipId: string): Promise<void> {
    const { contactId } = await this.friendshipPayload(friendshipId);
    await this.track(this.client.friendRequests.accept(contactId));
    this.expire({ people: [contactId] });
  }

  async #keep(received: ReceivedCallback, { at }: Arrival): Promise<WebhookAnswer | undefined> {
    const { document, body, operationId } = received;
    const { botId, readBack } = this.#options;
    const groupId = groupIdOf(document);
    const isAsked = groupId !== '' && document.moment === 'after';
    const isInGroup = !isAsked || (await this.#isMemberOf(groupId));
    const around = { botId, isInGroup, body, operationId, receivedAt: at };
    const decoded = decode(document, around);
    this.expire(forgetChanges(document, this.client.directory, botId));
    if (decoded.kind === 'ignored') return allowed(document);
    if (decoded.kind === 'question') return await this.#decide(document, decoded, at);
    return await this.#intake.once(document, decoded, async (event) => {
      if (readBack && decoded.kind === 'message' && !decoded.isSelf) {
        // The server waits, and stores the message only after it is answered.
        this.#afterwards(async () => {
          if (await this.#confirmer.confirms(decoded, document)) await this.#emit(event, at);
        });
        return acknowledged;
      }
      return (await this.#emit(event, at)).kind === 'failed' ? undefined : acknowledged;
    });
  }

  async #decide(
    document: OpenIMDocument,
    question: DecodedQuestion,
    at: number,
  ): Promise<WebhookAnswer> {
    const verdict = await askForVerdict(this, platformEventOf(question));
    if (verdict?.kind === 'refused') return refused(verdict.reason, this.#options.refusalCode);
    const { whenAllowed } = question;
    if (whenAllowed !== undefined) {
      this.#afterwards(async () => {
        if (!(await this.#concernsBot(whenAllowed))) return;
        await this.#intake.once(document, whenAllowed, async (event) => {
          const { kind } = await this.#emit(event, at);
          return kind === 'failed' ? undefined : acknowledged;
        });
      });
    }
    return allowed(document, verdict?.text);
  }

  #emit(decoded: Emitted, at: number): Promise<Acceptance> {
    if (decoded.kind === 'message') this.#noteChat(decoded.payload);
    if (!('roomId' in decoded)) return emitDecoded(this.#emitter, decoded, at);
    this.#noteChange(decoded.roomId);
    return emitDecoded(this.#emitter, decoded, this.#distinct(at));
  }

  /** Where an answer would go. */
  #noteChat({ roomId, talkerId }: payloads.Message): void {
    if (roomId) this.meet({ kind: 'room', id: roomId });
    else this.meet({ kind: 'contact', id: talkerId });
  }

  /** Who is in a group, and what it is called, is asked anew. */
  #noteChange(roomId: string): void {
    this.meet({ kind: 'room', id: roomId });
    const { groups, members, memberships } = this.client.directory;
    for (const lookUp of [groups, members, memberships]) lookUp.forget(roomId);
    this.expire({ rooms: [roomId] });
  }

  async #concernsBot(happening: DecodedRoomJoin | DecodedRoomInvite): Promise<boolean> {
    if (happening.kind === 'room-invite') return true;
    const { memberIds, roomId } = happening;
    return memberIds.includes(this.#options.botId) || (await this.#isMemberOf(roomId));
  }

  /** Of a group that cannot be asked about in time it is assumed. */
  async #isMemberOf(groupId: string): Promise<boolean> {
    const membership = this.client.directory.memberships.get(groupId);
    return (await this.#memberships.wait(membership, true)) === true;
  }

  /** Does what nobody waits for; it does not reject. */
  #afterwards(work: () => Promise<unknown>): void {
    void this.track(work());
  }

  #emitterOf(botId: string): Emitter {
    return {
      botId,
      message: (payload, beside) => this.emitMessage(payload, beside),
      friendship: (payload) => this.emitFriendship(payload),
      roomInvite: (payload) => this.emitRoomInvite(payload),
      roomJoin: (event) => this.emitRoomJoin(event),
      roomLeave: (event) => this.emitRoomLeave(event),
      roomTopic: (event) => this.emitRoomTopic(event),
      platform: (event) => this.emitPlatform(event),
      topicOf: async (roomId) => (await this.roomPayload(roomId)).topic,
    };
  }
}
