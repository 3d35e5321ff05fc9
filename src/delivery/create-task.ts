import { createHash } from 'node:crypto';
import type { Match } from '../core/decision.js';
import type { BotEvent, Person } from '../core/event.js';
import type { ContextName, Rule } from '../core/rule.js';
import type { Task, TaskRequest } from '../core/task.js';
import { targetsOf } from './receivers/targets.js';

/**
 * Makes the one task of an event and a rule that it set off.
 *
 * Pure: the same event and rule name always give the same task id, so an event that arrives twice
 * makes no second task, also after a restart and on another instance.
 */
export function createTask(event: BotEvent, match: Match): Task {
  const id = taskId(event, match.rule);
  return {
    id,
    botId: event.botId,
    lane: laneOf(event, match.rule, id),
    ...(match.rule.order === 'receiver' && { holdMs }),
    rule: match.rule.name,
    event: event.name,
    eventId: event.id,
    ...(event.conversation ? { conversation: event.conversation } : {}),
    request: requestOf(event, match),
    arrivedAt: event.at,
    ...(event.keepMs !== undefined && { textUntil: event.at + event.keepMs }),
  };
}

/** Who may be told apart by a task's id: the same rule of the same bot, time and again. */
const owners = new Map<string, string>();
const maxOwners = 10_000;

/** Event ids that may stand in a header, a file name and a signed text as they are. */
const plainId = /^[\w@=-]{1,80}$/u;

/** `<bot and rule>_<event>`, so that whoever sees an id can find the event by it. */
function taskId({ botId, id }: BotEvent, rule: Rule): string {
  // JSON keeps the two apart whatever characters they hold.
  const key = JSON.stringify([botId, rule.name]);
  let owner = owners.get(key);
  if (owner === undefined) {
    owner = hashOf(key);
    if (owners.size >= maxOwners) owners.clear();
    owners.set(key, owner);
  }
  return `${owner}_${plainId.test(id) ? id : hashOf(id)}`;
}

/** 16 bytes of SHA-256, far beyond any chance of a clash. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** A receiver's lane waits so long for a task that waits, in ms: then later ones pass. */
const holdMs = 10_000;

/** The order's kind is part of the key: rules of different `order` do not wait for each other. */
function laneOf(event: BotEvent, rule: Rule, id: string): string {
  const { order } = rule;
  if (order === 'none') return id;
  const { conversation } = event;
  const parts: string[] = [order, event.botId];
  if (conversation) parts.push(conversation.kind, conversation.id);
  if (order !== 'conversation' || !conversation) parts.push(event.user.id);
  // As it is now: a task keeps its lane when the rule gets another URL.
  if (order === 'receiver') parts.push(targetsOf(rule).main.origin);
  return JSON.stringify(parts);
}

function requestOf(event: BotEvent, match: Match): TaskRequest {
  const variables = variablesOf(event, match);
  return {
    question: match.question,
    userId: event.user.id,
    isSelf: event.isSelf,
    ...(Object.keys(variables).length > 0 ? { variables } : {}),
    ...(event.message ? { payload: event.message.payload } : {}),
    ...includedOf(event, match.rule),
  };
}

/** What `callback.include` lists of the message; nothing where there is none of it. */
function includedOf({ message }: BotEvent, { callback }: Rule): Pick<TaskRequest, 'message'> {
  const quoted = callback.include.includes('quoted') ? message?.quoted : undefined;
  if (quoted === undefined) return {};
  const { id, userId, text } = quoted;
  return {
    message: {
      quoted: {
        ...(id !== undefined && { id }),
        ...(userId !== undefined && { userId }),
        ...(text !== undefined && { text }),
      },
    },
  };
}

/** Later sources win: what the operator wrote in the rule overrides what people can influence. */
function variablesOf(event: BotEvent, match: Match): Record<string, string> {
  const { callback } = match.rule;
  // No prototype, so a variable may be called `__proto__` without doing anything but be one.
  const variables = Object.create(null) as Record<string, string>;
  for (const name of callback.context) {
    if (name !== 'personal') variables[name] = contextOf(name, event, match.rule);
  }
  const personal = callback.context.includes('personal') ? event.personal : undefined;
  Object.assign(variables, event.variables, personal, match.groups, callback.variables);
  return variables;
}

type ContextReader = (event: BotEvent, rule: Rule) => string;

/** `personal` is no single variable. */
type ContextVariable = Exclude<ContextName, 'personal'>;

const contextReaders: Readonly<Record<ContextVariable, ContextReader>> = {
  userName: (event) => event.user.name,
  userAlias: (event) => event.user.alias,
  roomTopic: (event) => event.topic ?? '',
  botId: (event) => event.botId,
  platform: (event) => event.platform,
  rule: (_event, rule) => rule.name,
  role: (event) => rolesOf(event.user),
  event: (event) => event.name,
};

function contextOf(name: ContextVariable, event: BotEvent, rule: Rule): string {
  return contextReaders[name](event, rule);
}

function rolesOf(user: Person): string {
  return user.roles.join(',');
}
