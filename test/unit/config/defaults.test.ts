import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.js';
import type { DefaultsInput, RuleInput } from '../../../src/config/schema/file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { shownFor } from './problem-lines.js';

const callback = { url: 'http://127.0.0.1/' };

async function ruleWith(defaults: DefaultsInput, rule: Partial<RuleInput> = {}) {
  const { config } = await loadConfig(
    { defaults, rules: [{ name: 'a', callback, ...rule }] },
    { env: {} },
  );
  const [found] = config.rules;
  if (!found) throw new Error('no rule');
  return found;
}

describe('defaults', () => {
  test('stand under every key of a rule', async () => {
    const rule = await ruleWith({
      match: 'equals',
      callback: { timeout: '9s', retry: { attempts: 2 } },
      reply: { quote: true },
    });
    expect(rule.match).toBe('equals');
    expect(rule.callback).toMatchObject({ timeoutMs: 9000, url: 'http://127.0.0.1/' });
    expect(rule.callback.retry).toMatchObject({ attempts: 2, backoffMs: 1000 });
    expect(rule.reply.quote).toBe(true);
  });

  test('may even hold the URL', async () => {
    const { config } = await loadConfig(
      {
        defaults: { callback },
        rules: [{ name: 'a' }, { name: 'b', callback: { timeout: '1s' } }],
      },
      { env: {} },
    );
    expect(config.rules.map((rule) => rule.callback.url)).toEqual([callback.url, callback.url]);
  });

  test('merge maps', async () => {
    const rule = await ruleWith(
      { callback: { variables: { a: '1', b: '1' } }, users: { tags: ['VIP'] } },
      { callback: { ...callback, variables: { b: '2', c: '2' } }, users: { rooms: ['r'] } },
    );
    expect(rule.callback.variables).toEqual({ a: '1', b: '2', c: '2' });
    expect(rule.users).toEqual({
      tags: [{ kind: 'id', id: 'VIP' }],
      rooms: [{ kind: 'id', id: 'r' }],
    });
  });

  test('give way to lists', async () => {
    const rule = await ruleWith({ keywords: ['a', 'b'] }, { keywords: ['c'] });
    expect(rule.keywords).toEqual(['c']);
  });

  test('give way to an empty list of keywords: every text', async () => {
    expect((await ruleWith({ keywords: ['a'] }, { keywords: [] })).keywords).toEqual([]);
  });

  test('give way to single values', async () => {
    const rule = await ruleWith({ reply: { quote: true } }, { reply: false });
    expect(rule.reply).toMatchObject({ speak: false, quote: false });
    const other = await ruleWith({ reply: false }, { reply: { quote: true } });
    expect(other.reply).toMatchObject({ speak: true, quote: true });
  });

  test('for messages are not inherited by a rule that hears none', async () => {
    const rule = await ruleWith(
      { keywords: ['a'], trigger: { mention: 'me', types: ['Image'], probability: 0.5 } },
      { trigger: { on: 'room-join' } },
    );
    expect(rule.keywords).toEqual([]);
    expect(rule.trigger).not.toHaveProperty('mention');
    expect(rule.trigger).toMatchObject({ types: [7], probability: 0.5 });
  });

  test('for messages are inherited by a rule that hears a platform', async () => {
    const rule = await ruleWith(
      { trigger: { mention: 'me' } },
      { trigger: { on: 'openim:callbackBeforeSendSingleMsgCommand' } },
    );
    expect(rule.trigger.mention).toBe('me');
  });

  test('are where their errors are shown, once for all rules', async () => {
    const shown = await shownFor(
      temporaryFolder(),
      'rules:\n- { name: a, callback: { url: "http://a/" } }\n- { name: b, callback: { url: "http://b/" } }\ndefaults:\n  match: contain\n  callback:\n    timout: 3s\n',
    );
    expect(shown.en).toEqual([
      '.wechatyrc:5: defaults.match: found "contain", expected contains, equals, startsWith, endsWith, regex or glob (did you mean `contains`?)',
      '.wechatyrc:7: defaults.callback.timout: unknown key; did you mean `timeout`?',
    ]);
    expect(shown.zh[1]).toBe(
      '.wechatyrc:7: defaults.callback.timout: 未知的键；是否想写 `timeout`？',
    );
  });

  test('are checked even when every rule replaces them', async () => {
    const shown = await shownFor(
      temporaryFolder(),
      'rules:\n- { name: a, match: glob, callback: { url: "http://a/" } }\ndefaults: { match: contain }\n',
    );
    expect(shown.en).toEqual([
      expect.stringContaining('.wechatyrc:3: defaults.match: found "contain"'),
    ]);
  });

  test('leave the error of a rule to the rule', async () => {
    const shown = await shownFor(
      temporaryFolder(),
      'rules:\n- { name: a, reply: { waiting: { text: hm } }, callback: { url: "http://a/" } }\ndefaults: { reply: { waiting: { after: 5 } } }\n',
    );
    expect(shown.en).toEqual([
      expect.stringContaining('.wechatyrc:3: defaults.reply.waiting.after: found 5'),
    ]);
  });

  test('may hold half of something', async () => {
    const rule = await ruleWith(
      { reply: { waiting: { after: '5s' } } },
      { reply: { waiting: { text: '稍等' } } as RuleInput['reply'] },
    );
    expect(rule.reply.waiting).toEqual({ afterMs: 5000, text: '稍等' });
  });

  test('cannot hold a name', async () => {
    const shown = await shownFor(temporaryFolder(), 'rules: []\ndefaults: { name: a }\n');
    expect(shown).toEqual({
      en: ['.wechatyrc:2: defaults.name: a name stands for one rule and cannot be a default'],
      zh: ['.wechatyrc:2: defaults.name: 名称只属于一条规则，不能作为默认值'],
    });
  });

  test('must be a map', async () => {
    const shown = await shownFor(temporaryFolder(), 'rules: []\ndefaults: [a]\n');
    expect(shown.en).toEqual(['.wechatyrc:2: defaults: found a list, expected keys and values']);
  });
});
