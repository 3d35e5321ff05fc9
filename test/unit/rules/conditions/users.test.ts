import { describe, expect, test } from 'vitest';
import type { Person } from '../../../../src/core/event.js';
import type { Entry, Users } from '../../../../src/core/rule.js';
import { compileRules } from '../../../../src/rules/compile-rules.js';
import { type MessageParts, sampleMessage } from '../../../support/sample-event.js';
import { sampleRule } from '../../../support/sample-rule.js';

const id = (value: string): Entry => ({ kind: 'id', id: value });
const named = (kind: 'name' | 'alias' | 'topic', text: string): Entry => ({
  kind,
  pattern: { kind: 'text', text },
});
const like = (kind: 'name' | 'alias' | 'topic', source: string, flags = ''): Entry => ({
  kind,
  pattern: { kind: 'regex', source, flags },
});

const alice: Person = {
  id: 'alice',
  name: '爱丽丝😀',
  alias: 'VIP 客户',
  tags: ['7', '大客户'],
  roles: ['friend'],
};

/** The condition that fails, or `matched`. */
function outcome(users: Users | undefined, parts: MessageParts = {}): string | undefined {
  const ruleSet = compileRules([sampleRule(users === undefined ? {} : { users })]);
  const event = sampleMessage({ text: 'hi', user: alice, ...parts });
  const matched = ruleSet.decide(event).matches.length === 1;
  return matched ? 'matched' : ruleSet.explain(event)[0]?.condition;
}

describe('users', () => {
  test.each<[string, Users]>([
    ['a contact by id', { contacts: [id('bob'), id('alice')] }],
    ['a contact by name', { contacts: [named('name', '爱丽丝😀')] }],
    ['a contact by a part of the name', { contacts: [like('name', '^爱')] }],
    ['a contact by alias, case ignored', { contacts: [like('alias', '^vip', 'i')] }],
    ['a tag by id', { tags: [id('7')] }],
    ['a tag by name', { tags: [named('name', '大客户')] }],
    ['a listed tag though not a listed contact', { contacts: [id('bob')], tags: [id('7')] }],
    ['a role among several', { roles: ['stranger', 'friend'] }],
    ['a contact and its role', { contacts: [id('alice')], roles: ['friend'] }],
    ['everybody when nothing is listed', {}],
    ['who is not excepted', { except: { contacts: [id('bob')] } }],
    [
      'who has only one of what is excepted together',
      { except: { tags: [id('7')], roles: ['stranger'] } },
    ],
    ['everybody when nothing is excepted', { except: {} }],
  ])('allow %s', (_title, users) => {
    expect(outcome(users)).toBe('matched');
  });

  test.each<[string, string, Users]>([
    ['another contact', 'users', { contacts: [id('bob')] }],
    ['another name', 'users', { contacts: [named('name', '爱丽丝')] }],
    ['a name where the alias is listed', 'users', { contacts: [named('alias', '爱丽丝😀')] }],
    ['who has no such tag', 'users', { tags: [id('8'), like('name', '^小')] }],
    ['who is not in a room', 'users', { rooms: [id('alice')] }],
    ['another role', 'users.roles', { roles: ['stranger'] }],
    [
      'a listed contact of another role',
      'users.roles',
      { contacts: [id('alice')], roles: ['owner'] },
    ],
    [
      'an excepted contact',
      'users.except',
      { contacts: [id('alice')], except: { contacts: [id('alice')] } },
    ],
    ['an excepted tag', 'users.except', { except: { tags: [named('name', '大客户')] } }],
    ['an excepted role', 'users.except', { except: { roles: ['friend'] } }],
    [
      'who has all that is excepted together',
      'users.except',
      { except: { tags: [id('7')], roles: ['friend'] } },
    ],
  ])('refuse %s by %s', (_title, condition, users) => {
    expect(outcome(users)).toBe(condition);
  });

  test.each<[string, Users]>([
    ['by id', { rooms: [id('room-1')] }],
    ['by topic', { rooms: [named('topic', '产品群')] }],
    ['by a part of the topic', { rooms: [like('topic', '产品')] }],
  ])('allow anyone in a room listed %s', (_title, users) => {
    expect(outcome(users, { room: 'room-1', topic: '产品群' })).toBe('matched');
    expect(outcome(users, { room: 'room-2', topic: '闲聊' })).toBe('users');
  });

  test.each(['official', 'system'] as const)('must list %s accounts to hear them', (role) => {
    const user = { ...alice, roles: [role] };
    expect(outcome(undefined, { user })).toBe('users.roles');
    expect(outcome({ contacts: [id('alice')] }, { user })).toBe('users.roles');
    expect(outcome({ roles: [role] }, { user })).toBe('matched');
  });
});
