import { describe, expect, test } from 'vitest';
import { contextNames } from '../../../../src/core/context-names.js';
import type { Rule } from '../../../../src/core/rule.js';
import { compileRules } from '../../../../src/rules/compile-rules.js';
import { lintRules } from '../../../../src/rules/lint-rules.js';
import { type RuleParts, sampleRule } from '../../../support/sample-rule.js';

interface Parts extends Omit<RuleParts, 'callback'> {
  readonly callback: Partial<Rule['callback']>;
}

function warnings({ callback, ...parts }: Parts) {
  const rule = sampleRule(parts);
  return lintRules(compileRules([{ ...rule, callback: { ...rule.callback, ...callback } }]));
}

const city = { variables: { city: '广州' } };

describe('a variable that nothing fills', () => {
  test('is told of, with the nearest that is filled', () => {
    const [found, ...others] = warnings({ callback: { url: 'http://h/{{ citty }}/x', ...city } });
    expect(others).toEqual([]);
    expect(found?.path).toEqual(['rules', 0, 'callback', 'url']);
    expect(found?.text.en).toBe(
      'nothing fills {{citty}}, and an empty part of the path is not called: every call of this rule fails; did you mean {{city}}?',
    );
    expect(found?.text.zh).toBe(
      '没有任何来源为 {{citty}} 赋值，而路径中为空的部分不会被调用：该规则的每次调用都会失败；是否想写 {{city}}？',
    );
  });

  test.each([
    ['http://h/x?c={{citty}}', 'so it is always empty; did you mean {{city}}?'],
    ['http://h/x-{{citty}}', 'so it is always empty; did you mean {{city}}?'],
    [
      'http://h/?n={{username}}',
      'did you mean {{userName}}? Then add userName to callback.context',
    ],
    ['http://h/?n={{userName}}', 'add userName to callback.context'],
    ['http://h/?n={{weather}}', 'give it a value in callback.variables'],
  ])('of %s', (url, advice) => {
    expect(warnings({ callback: { url, ...city } })[0]?.text.en).toContain(advice);
  });

  test('is told once for each address', () => {
    const url = 'http://h/{{a}}?x={{a}}';
    const found = warnings({ callback: { url, fallbackUrl: url } });
    expect(found.map(({ path }) => path.at(-1))).toEqual(['url', 'fallbackUrl']);
  });

  test('is one whose value is the empty text', () => {
    const found = warnings({ callback: { url: 'http://h/{{city}}', variables: { city: '' } } });
    expect(found).toHaveLength(1);
  });
});

describe('a variable is or may be filled by', () => {
  test.each<readonly [string, string, Parts]>([
    ['the rule', 'city', { callback: city }],
    ...contextNames
      .filter((name) => name !== 'personal')
      .map((name) => [`the context ${name}`, name, { callback: { context: [name] } }] as const),
    ['a named group', '城市', { match: 'regex', keywords: ['(?<城市>.+)天气'], callback: {} }],
    ['a group of Go', 'city', { match: 'regex', keywords: ['(?P<city>.+)天气'], callback: {} }],
    ['the event', 'inviterId', { trigger: { on: ['message', 'room-join'] }, callback: {} }],
    ['a platform', 'EventKey', { trigger: { on: ['wecom:CLICK'] }, callback: {} }],
    ['one of some events', 'x', { trigger: { on: ['message', 'openim:x'] }, callback: {} }],
  ])('%s', (_title, name, { callback, ...parts }) => {
    const url = `http://h/{{${name}}}`;
    expect(warnings({ ...parts, callback: { ...callback, url } })).toEqual([]);
    expect(warnings({ callback: { url } })).toHaveLength(1);
  });
});
