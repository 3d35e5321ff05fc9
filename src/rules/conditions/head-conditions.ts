import type { EventHead } from '../../core/event.js';
import { eventNames, messageTypes, placeNames, sayerNames } from '../../core/names.js';
import type { CompiledRule } from '../compiled-rule.js';
import type { EventView } from '../event-view.js';
import type { Condition } from './condition.js';
import { typeName, wantedAndSeen } from './wording.js';

const enabled: Condition = {
  key: 'enabled',
  passes: ({ rule }) => rule.enabled,
  describe: () => ({ en: 'the rule is switched off', zh: '该规则已停用' }),
};

const on: Condition = {
  key: 'trigger.on',
  passes: ({ rule }, { head }) => rule.trigger.on.includes(head.name),
  describe: ({ rule }, { head }) => wantedAndSeen(rule.trigger.on, [head.name], eventNames),
};

const from: Condition = {
  key: 'trigger.from',
  passes: ({ rule: { trigger } }, { head }) =>
    trigger.from === 'any' || (trigger.from === 'self') === head.isSelf,
  describe: ({ rule }, { head }) =>
    wantedAndSeen([rule.trigger.from], [head.isSelf ? 'self' : 'others'], sayerNames),
};

const place: Condition = {
  key: 'trigger.in',
  // An event that belongs to no chat is neither: it passes where nothing is asked for.
  passes: ({ rule }, { event }) =>
    event.conversation === undefined
      ? rule.trigger.in.includes('private') && rule.trigger.in.includes('room')
      : rule.trigger.in.includes(event.conversation.kind === 'room' ? 'room' : 'private'),
  describe: ({ rule }, view) => wantedAndSeen(rule.trigger.in, [placeOf(view)], places),
};

const types: Condition = {
  key: 'trigger.types',
  passes: (rule, { head }) => typePasses(rule, head),
  describe: ({ rule }, { head }) =>
    wantedAndSeen(
      rule.trigger.types === 'any' ? ['any'] : rule.trigger.types.map(typeName),
      [typeName(head.type ?? 0)],
      messageTypes,
    ),
};

/** The conditions that need no more than the head of an event, and `trigger.in`. */
export const headConditions: readonly Condition[] = [enabled, on, from, place, types];

/** False when the head of an event is enough to see that the rule does not match. */
export function headPasses(compiled: CompiledRule, head: EventHead): boolean {
  const { enabled: isEnabled, trigger } = compiled.rule;
  return (
    isEnabled &&
    trigger.on.includes(head.name) &&
    (trigger.from === 'any' || (trigger.from === 'self') === head.isSelf) &&
    trigger.in.includes(head.inRoom ? 'room' : 'private') &&
    typePasses(compiled, head)
  );
}

/** Only messages have a type. */
function typePasses({ types: wanted }: CompiledRule, { type }: EventHead): boolean {
  return type === undefined || wanted === undefined || wanted.has(type);
}

const places = { ...placeNames, 'no chat': { en: 'no chat', zh: '不属于任何会话' } };

function placeOf({ event }: EventView): string {
  if (event.conversation === undefined) return 'no chat';
  return event.conversation.kind === 'room' ? 'room' : 'private';
}
