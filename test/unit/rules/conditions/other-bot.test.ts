import { expect, test } from 'vitest';
import type { Entry, Rule, Users } from '../../../../src/core/rule.js';
import { compileRules } from '../../../../src/rules/compile-rules.js';
import { sampleMessage } from '../../../support/sample-event.js';
import { sampleRule } from '../../../support/sample-rule.js';

const event = {
  ...sampleMessage({ text: 'hi', room: 'r', topic: '客服' }),
  user: { id: 'bot-2', name: '二号', alias: '同事', tags: ['bots'], roles: ['friend' as const] },
};
const silent: Partial<Rule> = { reply: { ...sampleRule().reply, speak: false } };
const text = (kind: 'name' | 'alias', value: string): Entry => ({
  kind,
  pattern: { kind: 'text', text: value },
});
const anyName: Entry = { kind: 'name', pattern: { kind: 'regex', source: '.', flags: '' } };

test.each<[string, Partial<Rule>, boolean]>([
  ['every rule that answers', {}, false],
  ['a rule for everybody in the room', { users: { rooms: [{ kind: 'id', id: 'r' }] } }, false],
  ['a rule for its tag', { users: { tags: [{ kind: 'id', id: 'bots' }] } }, false],
  ['a rule whose pattern fits everybody', { users: { contacts: [anyName] } }, false],
  ['a rule that names another', { users: { contacts: [{ kind: 'id', id: 'bot-3' }] } }, false],
  ['a rule that names it by id', { users: { contacts: [{ kind: 'id', id: 'bot-2' }] } }, true],
  ['a rule that names it', { users: { contacts: [text('name', '二号')] } }, true],
  ['a rule that names its alias', { users: { contacts: [text('alias', '同事')] } }, true],
  ['a rule that says nothing', silent, true],
])('another bot of the program and %s', (_title, parts, isMatched) => {
  const ruleSet = compileRules([sampleRule(parts)]);
  const ofBot = { ...event, byOtherBot: true as const };
  expect(ruleSet.decide(ofBot).matches).toHaveLength(isMatched ? 1 : 0);
  const [explained] = ruleSet.explain(ofBot);
  expect(explained?.matched).toBe(isMatched);
  const users: Users | undefined = parts.users;
  const isForeign = users?.contacts?.some((one) => one.kind === 'id' && one.id === 'bot-3');
  expect(ruleSet.decide(event).matches).toHaveLength(isForeign === true ? 0 : 1);
});

test('is told why it is not answered', () => {
  const [explained] = compileRules([sampleRule()]).explain({ ...event, byOtherBot: true });
  expect(explained).toMatchObject({
    condition: 'users.contacts',
    text: {
      en: 'bot-2 "二号" @ r is another bot of this program: only a rule whose users.contacts names it answers it',
      zh: 'bot-2 “二号” @ r 是本程序的另一个机器人：仅 users.contacts 指明它的规则才会应答',
    },
  });
});
