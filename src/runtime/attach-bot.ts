import type { ContactInterface, WechatyInterface } from 'wechaty/impls';
import { isAcceptanceTold, promiseAcceptance } from '../core/acceptance.js';
import type { Clock } from '../core/clock.js';
import type { FileFetcher } from '../core/files.js';
import type { Logger } from '../core/logger.js';
import { puppetExtras } from '../core/puppet-extras.js';
import { announceDecider, type Verdict } from '../core/verdict.js';
import { accountId, puppetName } from '../events/bot-identity.js';
import { boundPools } from '../events/bound-pools.js';
import { hearBot } from '../events/hear-bot.js';
import { createLookUps } from '../events/look-ups.js';
import { unreadPlatformEvent } from '../events/read-platform-event.js';
import type { UnreadEvent } from '../events/unread-event.js';
import { whenPuppet } from '../events/when-puppet.js';
import { createSpeaker } from '../reply/create-speaker.js';
import type { Bots } from './bots.js';
import type { BotBoard, BotNotes } from './console/bot-board.js';
import type { Echoes } from './echoes.js';
import type { HeardEvent } from './heard-event.js';
import type { OwnBot, OwnBots } from './own-bots.js';
import type { Puppets } from './puppets.js';
import { tellUnheardErrors } from './unheard-errors.js';

/** What a bot is connected to. */
export interface AttachParts {
  readonly bots: Bots;
  readonly ownBots: OwnBots;
  readonly echoes: Echoes;
  readonly files: FileFetcher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly puppets: Puppets;
  readonly board: BotBoard;
  readonly handle: (heard: HeardEvent) => void;
  /** How many contacts, and how many rooms, Wechaty may keep. */
  readonly pooled: () => number;
  /** Lets the rules decide what a platform asks. */
  readonly judge: (unread: UnreadEvent) => Promise<Verdict | undefined>;
}

/** A bot that is connected. */
export interface Attachment {
  /** The account's id, `""` before its first login. */
  botId(): string;
  /** Removes every listener: nothing comes in any more, but the bot can still answer. */
  detach(): void;
  /** Takes the bot's voice too: what is left of its tasks waits for it to come back. */
  leave(): void;
}

/**
 * Connects a bot: its events come in, and while it is logged in it can speak. Works on a bot that
 * is not started yet and on one that already runs.
 */
export function attachBot(bot: WechatyInterface, parts: AttachParts): Attachment {
  const { bots, echoes, files, clock, logger, board } = parts;
  const notes = board.enter(bot);
  const speaker = echoes.listenTo(createSpeaker({ bot, files, clock, logger }));
  let botId = '';
  let isAttached = true;
  const enter = (id: string, name = '') => {
    botId = id;
    notes.cameOnline(id, name);
    bots.add(botId, speaker);
  };
  const onLogin = (account: ContactInterface) => enter(account.id, account.payload?.name);
  const onLogout = (account: ContactInterface) => {
    bots.remove(account.id, speaker);
    notes.wentOffline();
    // Wechaty looks the account up before it tells, so the next login may have come first; and it
    // forgets the account only some turns after it told.
    setTimeout(() => {
      if (isAttached && accountId(bot) === account.id) enter(account.id);
    }, forgottenMs).unref();
  };
  const leave = () => {
    bots.remove(botId, speaker);
    notes.wentOffline();
  };
  const tellUnheard = tellUnheardErrors(bot, { logger, clock, env: process.env });
  const onError = (error: Error) => {
    notes.troubled(error);
    tellUnheard(error);
  };
  const already = accountId(bot);
  if (already !== undefined) enter(already);
  bot.on('login', onLogin).on('logout', onLogout).on('stop', leave).on('error', onError);
  const stopHearing = hear(bot, parts, notes);
  return {
    botId: () => botId,
    detach: () => {
      isAttached = false;
      stopHearing();
      notes.left();
      bot.off('login', onLogin).off('logout', onLogout).off('stop', leave).off('error', onError);
    },
    leave,
  };
}

/** Hands over what is heard, with the means to tell the puppet what came of it. */
function hear(bot: WechatyInterface, parts: AttachParts, notes: BotNotes): () => void {
  const { clock, logger, puppets, handle, judge, ownBots } = parts;
  const lookUps = createLookUps(bot, { clock, logger });
  const keeper = {};
  const self = selfOf(bot);
  const leaveOwn = ownBots.add(self);
  let repeatsById = false;
  const stopBounding = boundPools(bot, { max: parts.pooled });
  const stopHearing = hearBot(bot, {
    now: () => clock.now(),
    lookUps,
    handle: (heard) => {
      notes.heard();
      const unread = ownBots.marking(heard, self());
      const comesAgain = isAcceptanceTold();
      handle({ unread, tell: promiseAcceptance(keeper), comesAgain, repeatsById });
    },
  });
  const stopKeeping = whenPuppet(bot, (puppet) => {
    const extras = puppetExtras(puppet);
    repeatsById = extras.repeatsById === true;
    notes.uses(puppet.name(), extras);
    const leave = puppets.add(puppet, keeper);
    const stopDeciding = announceDecider(puppet, async (event) => {
      const arrival = { botId: accountId(bot) ?? '', at: clock.now(), lookUps };
      return await judge(unreadPlatformEvent(bot, event, arrival));
    });
    return () => {
      stopDeciding();
      leave();
    };
  });
  return () => {
    stopBounding();
    stopHearing();
    stopKeeping();
    leaveOwn();
  };
}

/** The account of a bot, whenever it is asked for. */
function selfOf(bot: WechatyInterface): () => OwnBot {
  let id = '';
  let known = { name: '', server: '', realm: JSON.stringify(['', '']) };
  return () => {
    id = accountId(bot) ?? id;
    const now = { name: puppetName(bot), server: serverOf(bot) };
    // Asked for with every message, and nearly always the same.
    if (now.name !== known.name || now.server !== known.server) {
      known = { ...now, realm: JSON.stringify([now.name, now.server]) };
    }
    return { realm: known.realm, id };
  };
}

function serverOf(bot: WechatyInterface): string {
  try {
    return puppetExtras(bot.puppet).server ?? '';
  } catch {
    // There is no puppet yet.
    return '';
  }
}

/** By then Wechaty has forgotten an account that is really gone, in ms. */
const forgottenMs = 100;
