import type { Acceptance } from '../../core/acceptance.js';
import { runInAnswer } from '../../core/answer-scope.js';
import { type Clock, systemClock } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import type { StreamStore } from '../../core/stream-store.js';
import { askForVerdict } from '../../core/verdict.js';
import { checkOptions } from '../shared/check-options.js';
import { createDistinctTimes } from '../shared/distinct-times.js';
import { createPatience } from '../shared/patience.js';
import { createPuppetLogger } from '../shared/puppet-logger.js';
import { createRepetitions, type Repetitions } from '../shared/repetitions.js';
import { createSourceGuard, unguardedWarning } from '../shared/source-guard.js';
import { received, type WebhookAnswer } from '../shared/webhook-answer.js';
import { WebhookRefusal } from '../shared/webhook-refusal.js';
import { censorAnswer } from './censor.js';
import { forgetChanges } from './changes.js';
import type { WildfireClient } from './client.js';
import type { DecodeContext } from './decode/context.js';
import type { WildfireEvent } from './decode/event.js';
import { saidOf } from './decode/said.js';
import { decode, readMessage } from './decode.js';
import { bodyContent } from './event-id.js';
import type { HeldCallbacks } from './held-callbacks.js';
import { createIntake, type HeardEvent, type Intake } from './intake.js';
import {
  type CheckedWildfireOptions,
  type WildfireOptions,
  wildfireOptionsSchema,
} from './options.js';
import { createOrdering } from './ordering.js';
import { createRoadsSeen, type RoadsSeen } from './roads-seen.js';
import { type ReadCallback, wildfireSteps } from './routes.js';
import { setupOf } from './setup.js';
import { SpeakingPuppet } from './speaking-puppet.js';
import { bringsId, subjectsOf } from './subjects.js';

/** Parts of the program that may be replaced. */
export interface WildfireParts {
  /** Default: Wechaty's log. */
  readonly logger?: Logger;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Where texts that still grow, and what is held, are kept. Default: the file of the options. */
  readonly store?: StreamStore;
}

/**
 * A bot on a WildfireChat server (野火 IM) as a Wechaty puppet: a robot, a channel or a user. It
 * hears by the server's callbacks, each at a path of its own (`<path>/<callbackSecret>/robot`, …),
 * and speaks by the server's API.
 *
 * @throws CallbackError `wildfire-options-invalid`
 * @example
 * const robot = { id: 'FireRobot', secret: '…' };
 * const puppet = new PuppetWildfire({ server: 'http://127.0.0.1', robot });
 * const bot = WechatyBuilder.build({ puppet });
 */
export class PuppetWildfire extends SpeakingPuppet {
  readonly #options: CheckedWildfireOptions;
  readonly #intake: Intake;
  readonly #held: HeldCallbacks;
  readonly #repetitions: Repetitions;
  readonly #distinct = createDistinctTimes();
  readonly #roadsSeen: RoadsSeen;
  readonly #robots: ReadonlySet<string>;

  constructor(options: WildfireOptions, parts: WildfireParts = {}) {
    const checked = checkOptions('wildfire', wildfireOptionsSchema, options);
    const { clock = systemClock, logger = createPuppetLogger() } = parts;
    const { name = 'wildfire', path, callbackSecret: secret, allow, proxies } = checked;
    const { setup, speaking, sharing, held, personal } = setupOf(checked, {
      clock,
      logger,
      store: parts.store,
    });
    super(setup, speaking);
    this.#options = checked;
    this.#robots = new Set(checked.robots);
    this.#repetitions = createRepetitions({ clock, sharing, name });
    const ordering = createOrdering({ clock, windowMs: checked.orderWindowMs });
    const shared = { sharing, name };
    const emit = (event: HeardEvent) => this.#emit(event);
    const { client } = this;
    const isMember = memberCheck(client, clock);
    const isOwnMessage = (messageId: string) => client.isOwnMessage(messageId);
    const own = { heldCallbacks: held, isMember, isOwnMessage };
    this.#intake = createIntake({ clock, ordering, emit, shared, ...own });
    this.#held = held;
    this.#roadsSeen = createRoadsSeen(client.bot.kind, { name, logger });
    const guard = createSourceGuard({ secret, allow, proxies });
    if (!guard.isGuarded) logger.warn(unguardedWarning(name, ['callbackSecret', 'allow']));
    const seenKinds = () => this.#roadsSeen.kinds();
    const route = { path, secret, guard, ordering, seenKinds };
    const steps = wildfireSteps(route, (callback) => this.#keep(callback));
    this.offer(steps, {
      answers: this.answers,
      partsOf: (messageId) => saidOf(this.keptBeside(messageId)),
      cards: this.cards,
      personal,
      server: new URL(checked.server ?? checked.admin?.server ?? 'http://127.0.0.1').hostname,
      settings: () => ({ key: 'wildfire', options: checked }),
    });
  }

  override async onStart(): Promise<void> {
    this.#intake.open();
    await super.onStart();
    for (const callback of this.#held.takeLeft()) await this.#keepLeft(callback);
  }

  override async onStop(): Promise<void> {
    await this.#intake.close();
    await super.onStop();
  }

  /** Acknowledged by an earlier process, which did not get to emit it. */
  async #keepLeft(callback: ReadCallback): Promise<void> {
    try {
      // Only messages are held, and they name themselves.
      await this.#take(callback, '');
    } catch {
      // What cannot be read any more, after a change of versions, stays in the store for a day.
    }
  }

  async #keep(callback: ReadCallback): Promise<WebhookAnswer | undefined> {
    const { kind, fields, body } = callback;
    this.#roadsSeen.note(kind);
    // What names itself is not asked about: it must not wait.
    if (bringsId(fields)) return await this.#take(callback, '');
    const content = bodyContent(kind, body);
    if (kind === 'censor') return await this.#take(callback, content);
    const telling = { subjects: subjectsOf(kind, fields), content };
    return await this.#repetitions.take(telling, (bodyId) => this.#take(callback, bodyId));
  }

  async #take(callback: ReadCallback, bodyId: string): Promise<WebhookAnswer | undefined> {
    const { kind, fields } = callback;
    const event = decode(kind, fields, this.#contextOf(bodyId));
    if (kind === 'censor') return await this.#judge(event, fields);
    if (event.kind === 'unreadable') {
      throw new WebhookRefusal('malformed', `${kind}: ${event.fields.join(', ')}`);
    }
    if (event.kind === 'ignored') return received;
    this.expire(forgetChanges(event, this.client));
    return (await this.#intake.take(event, callback)) ? received : undefined;
  }

  /** What the bot said itself, and what cannot be read, passes. */
  async #judge(event: WildfireEvent, fields: ReadCallback['fields']): Promise<WebhookAnswer> {
    const message = readMessage(fields);
    if (event.kind !== 'platform' || message === undefined) return received;
    const { status, body, contentType } = censorAnswer(
      await askForVerdict(this, event.event),
      message,
    );
    return contentType === undefined ? { status } : { status, body, contentType };
  }

  #contextOf(bodyId: string): DecodeContext {
    const { legacyStatus, hearRobots } = this.#options;
    const { bot, directory } = this.client;
    return {
      bot,
      // What comes without an id is told apart by its time.
      now: bodyId === '' ? this.clock.now() : this.#distinct(this.clock.now()),
      bodyId: () => bodyId,
      legacyStatus,
      hearRobots,
      isRobot: (userId) => this.#robots.has(userId),
      isOwnMessage: (messageId) => this.client.isOwnMessage(messageId),
      topicOf: (groupId) => directory.groups.known(groupId)?.name,
    };
  }

  /** Whatever is said while a directed message is heard answers it. */
  async #emit(event: HeardEvent): Promise<Acceptance> {
    const answerTo = 'answerTo' in event ? event.answerTo : undefined;
    if (answerTo === undefined) return await this.#emitPlainly(event);
    const eventId = event.kind === 'message' ? event.payload.id : event.id;
    await this.directed.remember(eventId, answerTo);
    return await runInAnswer({ eventId }, () => this.#emitPlainly(event));
  }

  #emitPlainly(event: HeardEvent): Promise<Acceptance> {
    if (event.kind === 'platform') return this.emitPlatform(event.event);
    if (event.kind === 'friendship') return this.emitFriendship(event.payload);
    if (event.kind === 'message') {
      this.routes.learn(event);
      return this.emitMessage(event.payload, event.content);
    }
    if (event.kind === 'room-join') return this.emitRoomJoin(event.payload);
    if (event.kind === 'room-leave') return this.emitRoomLeave(event.payload);
    return this.emitRoomTopic(event.payload);
  }
}

/** Whether the bot is in a group, as far as the server tells it in time. */
function memberCheck({ directory, bot }: WildfireClient, clock: Clock) {
  const patience = createPatience(clock);
  return async (groupId: string): Promise<boolean> => {
    const members = await patience.wait(directory.members.get(groupId), undefined);
    return members?.some(({ userId }) => userId === bot.id) ?? false;
  };
}
