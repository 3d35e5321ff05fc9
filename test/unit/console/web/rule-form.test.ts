import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldProblem } from '../../../../src/console/api/contract.js';
import { ruleSchema } from '../../../../src/console/rules/rule-schema.js';
import { readSchema } from '../../../../src/console/web/pages/rule-form/draft/schema.js';
import { valueAt, withValue } from '../../../../src/console/web/pages/rule-form/draft/value-at.js';
import { choiceText } from '../../../../src/console/web/pages/rule-form/layout/choices.js';
import { labels } from '../../../../src/console/web/pages/rule-form/layout/labels.js';
import { sections } from '../../../../src/console/web/pages/rule-form/layout/sections.js';
import { problemsByField } from '../../../../src/console/web/pages/rule-form/problems-of.js';

const schema = readSchema(ruleSchema().schema);
const paths = sections.flatMap(({ fields }) => fields.map(({ path }) => path));

describe('the form of a rule', () => {
  test('has every key of the configuration, once', () => {
    // `reply` itself is a switch besides the keys in it.
    expect(paths.filter((path) => path !== 'reply').toSorted()).toEqual(schema.paths.toSorted());
  });

  test('names every key, and every word that a key may have, in both languages', () => {
    expect(paths.filter((path) => labels[path] === undefined)).toEqual([]);
    const raw = paths.flatMap((path) =>
      schema
        .choices(path)
        .filter((choice) => !/[\u4e00-\u9fff]/u.test(choiceText(path, choice).zh))
        .map((choice) => `${path}: ${choice}`),
    );
    // Mentions have an input of their own, with words of its own.
    expect(raw.filter((choice) => !choice.startsWith('trigger.mention'))).toEqual([]);
  });

  test('takes help, words and defaults from the schema', () => {
    expect(schema.help('callback.timeout')).toEqual({
      en: 'For the whole attempt.',
      zh: '单次调用的时限。',
    });
    expect(schema.initial('callback.retry.attempts')).toBe(5);
    expect(schema.choices('match')).toContain('glob');
    expect(schema.choices('trigger.in')).toEqual(['private', 'room']);
    expect(schema.choices('callback.url')).toEqual([]);
  });
});

describe('a draft', () => {
  const draft = { name: 'a', callback: { url: 'http://a', retry: { attempts: 2 } } };

  test('is changed at one place, in a copy', () => {
    const changed = withValue(draft, 'callback.retry.backoff', '2s');
    expect(changed).toEqual({
      name: 'a',
      callback: { url: 'http://a', retry: { attempts: 2, backoff: '2s' } },
    });
    expect(draft.callback.retry).toEqual({ attempts: 2 });
  });

  test('loses what is empty together with its last key', () => {
    expect(withValue(draft, 'callback.retry.attempts', undefined)).toEqual({
      name: 'a',
      callback: { url: 'http://a' },
    });
    expect(withValue({ name: 'a', reply: false }, 'reply.quote', true)).toEqual({
      name: 'a',
      reply: { quote: true },
    });
  });

  test('answers what was put into it, at every key of the form', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.constantFrom(...paths), value, (path, item) => {
        const changed = withValue(draft, path, item);
        expect(valueAt(changed, path)).toEqual(item);
        expect(valueAt(withValue(changed, path, undefined), path)).toBeUndefined();
      }),
    );
  });
});

/** As the API tells it, of a rule called `a`. */
function problem(field: FieldProblem['field'], rule = 'a'): FieldProblem {
  return {
    text: { en: 'wrong', zh: '有误' },
    path: ['rules', 0, ...(field ?? [])],
    rule,
    ...(field && { field }),
  };
}

describe('problems', () => {
  test.each([
    [['callback', 'url'], 'callback.url'],
    [['callback', 'secret', 1], 'callback.secret'],
    [['callback', 'headers', 'x-shop'], 'callback.headers'],
    [['reply', 'pace', 'min'], 'reply.pace.min'],
    [['reply', 'nonsense'], 'reply'],
    [['trigger', 'schedule'], 'trigger.schedule.windows'],
    [['nonsense'], ''],
    [undefined, ''],
  ])('at %j are shown at the field "%s"', (field, path) => {
    expect([...problemsByField([problem(field)], { name: 'a' }).keys()]).toEqual([path]);
  });

  test('of another rule are shown at no field', () => {
    expect([...problemsByField([problem(['callback', 'url'], 'b')], { name: 'a' }).keys()]).toEqual(
      [''],
    );
  });

  test.each([
    [{ name: 'a' }, 'must be filled in'],
    [{ name: 'a', callback: { url: '  ' } }, 'must be filled in'],
    [{ name: 'a', callback: { url: 'ftp://a' } }, problem([]).text.en],
  ])('of a field that must be filled in: %j', (draft, said) => {
    const found = problemsByField([problem(['callback', 'url'])], draft).get('callback.url');
    expect(found?.map(({ text }) => text.en)).toEqual([said]);
  });
});
