import type { Problem } from '../core/problem.js';
import { hearsMessages, withDefaults } from './merge-defaults.js';
import { hasAt, isPlainObject, type Path, valueAt } from './plain-data.js';

const messageKeys: readonly Path[] = [['keywords'], ['trigger', 'mention'], ['trigger', 'types']];

/**
 * What no schema of a single key can see: names given twice, and conditions on messages in rules
 * that hear none. Takes rules as written, so it can speak even when other things are wrong.
 */
export function checkRules(rules: readonly unknown[], defaults: unknown): readonly Problem[] {
  return [...doubleNames(rules), ...rules.flatMap((rule, index) => deaf(rule, index, defaults))];
}

function doubleNames(rules: readonly unknown[]): readonly Problem[] {
  const names = rules.map((rule) => valueAt(rule, ['name']));
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (typeof name !== 'string' || first === index) return [];
    const text = {
      en: `the name is taken by rule ${first + 1}; every rule needs its own`,
      zh: `该名称已被第 ${first + 1} 条规则使用；每条规则须有自己的名称`,
    };
    return [{ path: ['rules', index, 'name'], text }];
  });
}

function deaf(rule: unknown, index: number, defaults: unknown): readonly Problem[] {
  const merged = withDefaults(defaults, rule);
  if (!isPlainObject(merged) || hearsMessages(merged)) return [];
  return messageKeys
    .filter((path) => hasAt(rule, path))
    .map((path) => ({
      path: ['rules', index, ...path],
      text: {
        en: 'tests messages only, and no event of `trigger.on` carries one; add message or leave this out',
        zh: '只对消息有效，而 trigger.on 中没有携带消息的事件；请加上 message 或删去此键',
      },
    }));
}
