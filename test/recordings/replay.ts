import { log, WechatyBuilder } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import { announceKeeper, promiseAcceptance } from '../../src/core/acceptance.js';
import type { BotEvent, EventMessage, Need } from '../../src/core/event.js';
import { puppetExtras } from '../../src/core/puppet-extras.js';
import { announceDecider } from '../../src/core/verdict.js';
import { hearBot } from '../../src/events/hear-bot.js';
import { createLookUps } from '../../src/events/look-ups.js';
import { unreadPlatformEvent } from '../../src/events/read-platform-event.js';
import type { UnreadEvent } from '../../src/events/unread-event.js';
import { compileRules } from '../../src/rules/compile-rules.js';
import type { RecordedRequest } from '../support/recorded.js';
import { sampleRule } from '../support/sample-rule.js';

/** Longer values of variables are left out. */
const longest = 40;

const everything: ReadonlySet<Need> = new Set(['tags', 'mention', 'roles', 'names']);

/**
 * What a bot makes of a recorded request, for a reader: the answer of the webhook, and each event that
 * rules get of it, with all that tells kinds of requests apart.
 */
export async function replayed(puppet: Puppet, request: RecordedRequest): Promise<string> {
  log.level('silent');
  const bot = WechatyBuilder.build({ puppet, name: `replay-${Math.random()}` });
  const heard: UnreadEvent[] = [];
  const keeper = {};
  const stopKeeping = announceKeeper(puppet, keeper);
  puppetExtras(puppet).share?.(undefined);
  const lookUps = createLookUps(bot);
  const stopDeciding = announceDecider(puppet, async (event) => {
    heard.push(unreadPlatformEvent(bot, event, { botId: bot.currentUser.id, at: 0, lookUps }));
    return undefined;
  });
  const stopHearing = hearBot(bot, {
    lookUps,
    now: Date.now,
    handle: (unread) => {
      heard.push(unread);
      promiseAcceptance(keeper)({ kind: 'ignored' });
    },
  });
  const loggedIn = new Promise((resolve) => {
    bot.once('login', resolve);
  });
  await bot.start();
  await loggedIn;
  try {
    heard.length = 0;
    const { path, method, headers, body } = request;
    const { 'Content-Length': _length, ...others } = headers;
    const asked = new Request(`http://bot.test${path}`, { method, headers: others, body });
    const response = await puppetExtras(puppet).webhook?.handle(asked);
    const events = await Promise.all(heard.map(async (event) => event.read(everything)));
    return [answerOf(response, await response?.text()), ...events.map(lineOf)].join('\n');
  } finally {
    stopHearing();
    stopKeeping();
    stopDeciding();
    await bot.stop();
  }
}

function answerOf(response: Response | undefined, body = ''): string {
  return `${response?.status} ${body}`.trim();
}

function lineOf(event: BotEvent): string {
  const { name, user, conversation, message } = event;
  const where = conversation ? ` in ${conversation.kind} ${conversation.id}` : '';
  const who = event.isSelf ? 'itself' : `${user.id || '-'} (${user.name || '-'})`;
  const parts = [`${name} by ${who}${where}`, ...(message ? messageParts(event, message) : [])];
  const variables = Object.entries(event.variables).filter(([, value]) => value.length <= longest);
  if (!message && variables.length > 0) {
    parts.push(variables.map(([key, value]) => `${key}=${value}`).join(' '));
  }
  return parts.join(' | ');
}

function messageParts(event: BotEvent, message: EventMessage): readonly string[] {
  const { payload, mention, words, quoted } = message;
  const question = questionOf(event);
  const shown: readonly (readonly [boolean | undefined, string])[] = [
    [true, `type ${payload.type}`],
    [true, JSON.stringify(payload.text ?? '')],
    [payload.filename !== undefined, `file ${payload.filename}`],
    [words !== payload.text, `words ${JSON.stringify(words)}`],
    [quoted !== undefined, `quotes ${JSON.stringify(quoted)}`],
    [mention.me, 'mentions the bot'],
    [mention.all, 'mentions all'],
    [question !== undefined && question !== words, `question ${JSON.stringify(question)}`],
  ];
  return shown.filter(([isShown]) => isShown).map(([, text]) => text);
}

function questionOf(event: BotEvent): string | undefined {
  const { trigger } = sampleRule();
  const rule = sampleRule({ name: 'all', trigger: { ...trigger, on: [event.name] } });
  return compileRules([rule]).decide(event).matches[0]?.question;
}
