import { contextNames } from '../../core/context-names.js';
import { eventVariables } from '../../core/event-variables.js';
import type { Bilingual } from '../../core/language.js';
import type { Rule } from '../../core/rule.js';
import { suggest } from '../../core/text/suggest.js';
import { variableNames } from '../../core/url-variables.js';
import type { Reason } from './never-matches.js';

/**
 * The `{{variables}}` in the addresses of a rule that nothing fills: neither `callback.variables`,
 * nor `callback.context`, a named group of its regular expressions, or one of its events. Silent
 * for rules that hear events of a platform, whose fields may have any name.
 */
export function unfilledVariables(rule: Rule): readonly Reason[] {
  const { url, fallbackUrl = '' } = rule.callback;
  const used = [
    { key: 'url', template: url },
    { key: 'fallbackUrl', template: fallbackUrl },
  ].filter(({ template }) => template.includes('{{'));
  const known = used.length === 0 ? undefined : filledNames(rule);
  if (known === undefined) return [];
  return used.flatMap(({ key, template }) => {
    const names = new Set(variableNames(template).filter((name) => !known.has(name)));
    return Array.from(names, (name) => ({
      path: ['callback', key],
      text: unfilled(name, { isAlone: standsAlone(template, name), known }),
    }));
  });
}

/** Every name that may be filled; `undefined` when that cannot be told. */
function filledNames({ trigger, callback, match, keywords }: Rule): Set<string> | undefined {
  const events = trigger.on.map(eventVariables);
  if (events.includes(undefined)) return undefined;
  const groups = match === 'regex' ? keywords.flatMap(groupNames) : [];
  const own = Object.entries(callback.variables).filter(([, value]) => value !== '');
  return new Set<string>([
    ...own.map(([name]) => name),
    ...callback.context.filter((name) => name !== 'personal'),
    ...groups,
    ...events.flatMap((names) => names ?? []),
  ]);
}

function groupNames(source: string): readonly string[] {
  return Array.from(source.matchAll(/\(\?P?<([^=!<>][^<>]*)>/gu), ([, name = '']) => name);
}

/** Whether the variable is a whole part of the path, which may not be empty. */
function standsAlone(template: string, name: string): boolean {
  const [path = ''] = template.split(/[?#]/u, 1);
  return path
    .split('/')
    .some((part) => /^\{\{[^{}]*\}\}$/u.test(part) && variableNames(part)[0] === name);
}

interface Place {
  readonly isAlone: boolean;
  readonly known: ReadonlySet<string>;
}

function unfilled(name: string, { isAlone, known }: Place): Bilingual {
  const advice = adviceOn(name, known);
  return isAlone
    ? {
        en: `nothing fills {{${name}}}, and an empty part of the path is not called: every call of this rule fails; ${advice.en}`,
        zh: `没有任何来源为 {{${name}}} 赋值，而路径中为空的部分不会被调用：该规则的每次调用都会失败；${advice.zh}`,
      }
    : {
        en: `nothing fills {{${name}}}, so it is always empty; ${advice.en}`,
        zh: `没有任何来源为 {{${name}}} 赋值，它将始终为空；${advice.zh}`,
      };
}

function adviceOn(name: string, known: ReadonlySet<string>): Bilingual {
  const offered: readonly string[] = contextNames.filter((each) => each !== 'personal');
  if (offered.includes(name)) return listIt(name);
  const near = suggest(name, [...known]) ?? suggest(name, offered);
  if (near === undefined) {
    return {
      en: 'give it a value in callback.variables',
      zh: '请在 callback.variables 中为它赋值',
    };
  }
  const meant = { en: `did you mean {{${near}}}?`, zh: `是否想写 {{${near}}}？` };
  if (known.has(near)) return meant;
  const listed = listIt(near);
  return { en: `${meant.en} Then ${listed.en}`, zh: `${meant.zh}若是，${listed.zh}` };
}

function listIt(name: string): Bilingual {
  return {
    en: `add ${name} to callback.context`,
    zh: `请在 callback.context 中加上 ${name}`,
  };
}
