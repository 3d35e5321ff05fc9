import type { z } from 'zod';
import type { AskedEvent, ExplainedRule } from '../../core/asked.js';
import type { Role } from '../../core/event.js';
import type { LogFields } from '../../core/logger.js';
import { MessageType, type MessageTypeName } from '../../core/message-type.js';
import type { TriedRules } from '../ports.js';
import type { DraftedRules } from '../rules/rule-editor.js';
import { changesText } from './changes-text.js';
import type { ChatLines } from './chat-lines.js';
import { type ConsoleContext, createPart, type Part } from './console-context.js';
import {
  type ChatPlaces,
  chatBody,
  type RuleVerdict,
  type Trial,
  trialBody,
  trialCallBody,
} from './contract.js';
import { bodyOf, consoleError } from './failures.js';
import { seenParts } from './seen-parts.js';

/** A message as it would come: what the rules say, and what a receiver answers. */
export function trialRoutes(parts: ConsoleContext): Part {
  const { trial, audit, clock } = parts;
  const app = createPart();
  app.post('/try', async (context) => {
    const body = await bodyOf(context, trialBody);
    const tried = await triedRules(parts, body);
    const { seen, rules, untold } = trial.explain(tried, askedEvent(body, clock.now()));
    audit(
      context,
      { en: 'rules were tried with a message.', zh: '试用规则，测试了一条消息。' },
      changesIn(body),
    );
    const answer: Trial = { seen: seenParts(seen, true), rules: rules.map(verdictOf), untold };
    return context.json(answer);
  });
  app.post('/try/call', async (context) => {
    const { rule, ...body } = await bodyOf(context, trialCallBody);
    const asked = askedEvent(body, clock.now());
    const tried = await triedRules(parts, body);
    const index = trial.explain(tried, asked).rules.findIndex((one) => one.rule === rule);
    tried.checkCall?.(index);
    // Before it is called: what it does is done even when nothing comes back.
    audit(
      context,
      { en: 'a rule is tried: its receiver is called.', zh: '试用规则，调用接收端。' },
      { rule, ...changesIn(body) },
    );
    const called = await trial.call(tried, rule, asked);
    if (called === undefined) throw noMatch(rule);
    return context.json(called);
  });
  return app;
}

type TrialInput = z.output<typeof trialBody>;

interface Tried extends TriedRules {
  /** Absent for the rules in force, which call whom they call anyway. */
  readonly checkCall?: DraftedRules['checkCall'];
}

async function triedRules(
  { rules, editor }: ConsoleContext,
  { draft }: TrialInput,
): Promise<Tried> {
  if (draft === undefined) return { rules: rules.config().rules, asWritten: rules.asWritten() };
  const { config, asWritten, checkCall } = await editor.drafted(draft);
  return { rules: config.rules, asWritten, checkCall };
}

/** Which rules are others than in the file; never what is in them. */
function changesIn({ draft }: TrialInput): LogFields {
  return draft === undefined ? {} : { changes: changesText(draft.changes) };
}

const roles: ReadonlySet<string> = new Set<Role>([
  'friend',
  'stranger',
  'owner',
  'admin',
  'member',
  'official',
  'system',
]);

function askedEvent(body: TrialInput, now: number): AskedEvent {
  const { event, user, room, at = now } = body;
  if (body.roles?.some((role) => !roles.has(role))) throw consoleError('invalid-request');
  const message = askedMessage(body);
  return {
    name: event,
    ...(message && { message }),
    ...(given(room) && { room: room as string }),
    ...(given(user) && { user: user as string }),
    mention: body.mention,
    fromSelf: body.fromSelf,
    at,
    roles: (body.roles ?? ['friend']) as readonly Role[],
    rolesTold: body.roles !== undefined,
    tags: body.tags,
  };
}

function askedMessage({ event, type, text, quote }: TrialInput): AskedEvent['message'] {
  if (!Object.hasOwn(MessageType, type)) throw consoleError('invalid-request');
  if (event !== 'message' && text === '' && !given(quote)) return undefined;
  return {
    type: MessageType[type as MessageTypeName],
    text,
    ...(given(quote) && { quote: quote as string }),
  };
}

/** An empty field of a form says nothing. */
function given(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}

function verdictOf({ match, ...explained }: ExplainedRule): RuleVerdict {
  const { rule, matched, condition, text, probability, untested } = explained;
  return {
    rule,
    matched,
    ...(condition !== undefined && { condition }),
    ...(text && { text }),
    ...(match && { question: match.question, groups: match.groups }),
    ...(probability !== undefined && { probability }),
    untested,
  };
}

function noMatch(rule: string): Error {
  return consoleError('unavailable', {
    en: `The rule “${rule}” does not match this message, so its receiver would not be called.`,
    zh: `规则“${rule}”不会被此消息触发，因此不会调用其接收端。`,
  });
}

const uncovered = {
  en: 'the text of a message in the chat with the bot was looked at (console.private).',
  zh: '查看了与机器人聊天中的一条消息的文本（console.private）。',
};

/** The chat with the bot that lives in this program. */
export function chatRoutes({ bots, rules, audit }: ConsoleContext, lines: ChatLines): Part {
  const app = createPart();
  const chatOf = () => {
    const chat = bots.chat();
    if (chat !== undefined) return chat;
    throw consoleError('unavailable', {
      en: 'There is no bot here to talk to: only the example bot in the terminal can be.',
      zh: '此处没有可对话的机器人：仅终端示例机器人支持。',
    });
  };
  app.get('/chat', (context) => {
    const chat = chatOf();
    const places: ChatPlaces = { people: chat.people(), rooms: chat.rooms(), said: lines.newest() };
    return context.json(places);
  });
  app.get('/chat/:id', (context) => {
    const line = lines.get(context.req.param('id'));
    if (line === undefined) throw consoleError('not-found');
    if (rules.config().console.private) audit(context, uncovered, { person: line.person });
    return context.json(line);
  });
  app.post('/chat', async (context) => {
    const { as, room, mention, text } = await bodyOf(context, chatBody);
    chatOf().hear({ as, mention, text, ...(room !== undefined && { room }) });
    return context.json({});
  });
  return app;
}
