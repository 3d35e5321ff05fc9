import { expect, test } from 'vitest';
import type { Entry } from '../../../../src/core/rule.js';
import { compileRules } from '../../../../src/rules/compile-rules.js';
import { lintRules } from '../../../../src/rules/lint-rules.js';
import { type RuleParts, sampleRule } from '../../../support/sample-rule.js';

function warnings(parts: RuleParts) {
  return lintRules(compileRules([sampleRule(parts)]));
}

const id = (text: string): Entry => ({ kind: 'id', id: text });
const text = (kind: 'name' | 'alias' | 'topic', value: string): Entry => ({
  kind,
  pattern: { kind: 'text', text: value },
});

test.each<readonly [string, Entry, RegExp, RegExp]>([
  ['ids', id('alice,bob'), /one id/u, /一个 ID/u],
  ['ids', id('alice|bob'), /one id/u, /一个 ID/u],
  ['ids', id('“alice”'), /full-width quotes/u, /全角引号/u],
  ['names', text('name', '张三、李四'), /one name/u, /一个 name/u],
  ['aliases', text('alias', '老张，老李'), /one alias/u, /一个 alias/u],
  ['names', text('name', '客服*'), /\{name: \/…\/\}/u, /\{name: \/…\/\}/u],
  ['names', text('name', '^客服'), /\{name: \/…\/\}/u, /\{name: \/…\/\}/u],
])('%s that are hardly one: %j', (_kind, entry, en, zh) => {
  const found = warnings({ users: { contacts: [id('fine'), entry] } });
  const within = entry.kind === 'id' ? [] : [entry.kind];
  expect(found.map(({ path }) => path)).toEqual([['rules', 0, 'users', 'contacts', 1, ...within]]);
  expect(found[0]?.text.en).toMatch(en);
  expect(found[0]?.text.zh).toMatch(zh);
});

test('rooms, exceptions and mentions are looked at too', () => {
  const topic = text('topic', '一群；二群');
  const found = warnings({
    users: { rooms: [topic], except: { tags: [id('a;b')] } },
    trigger: { mention: [id('a，b')] },
  });
  expect(found.map(({ path }) => path.slice(2).join('.'))).toEqual([
    'users.rooms.0.topic',
    'users.except.tags.0',
    'trigger.mention.0',
  ]);
});

test.each<Entry>([
  id('wxid_1-2@chatroom'),
  id('zhang san'),
  text('name', '小明 产品经理'),
  text('name', '张三|产品'),
  text('name', '*小明*'),
  text('topic', '研发/测试'),
  { kind: 'topic', pattern: { kind: 'regex', source: '^张三、李四$', flags: '' } },
])('there is nothing to say of %j', (entry) => {
  expect(warnings({ users: { rooms: [entry] } })).toEqual([]);
});
