import { isDeepStrictEqual } from 'node:util';
import { valueAt } from '../../config/plain-data.js';
import type { Bilingual } from '../../core/language.js';
import type { Replayed } from '../api/contract.js';
import type { Entry } from './entries.js';

/** What some changes come to, by the names of the rules. */
export interface Difference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Those that stay are in another order. */
  readonly reordered: boolean;
}

/** Compares the rules of the file with those that are to be. */
export function differenceOf(before: readonly unknown[], entries: readonly Entry[]): Difference {
  const old = entries.flatMap(({ source, isCopy, data }) =>
    isCopy || source === undefined ? [] : [{ source, data }],
  );
  const staying = new Set(old.map(({ source }) => source));
  return {
    added: entries
      .filter((entry) => entry.isCopy || entry.source === undefined)
      .map(({ data }) => nameOf(data)),
    changed: old
      .filter(({ source, data }) => !isDeepStrictEqual(before[source], data))
      .map(({ data }) => nameOf(data)),
    removed: before.flatMap((data, index) => (staying.has(index) ? [] : [nameOf(data)])),
    reordered: old.some(({ source }, index) => index > 0 && source < (old[index - 1]?.source ?? 0)),
  };
}

function nameOf(data: unknown): string {
  const name = valueAt(data, ['name']);
  return typeof name === 'string' ? name : '';
}

/** One sentence for the operator, before the change is saved and afterwards. */
export function differenceText(difference: Difference, replayed?: Replayed): Bilingual {
  const { added, changed, removed, reordered } = difference;
  const counted: readonly (readonly [number, string, string])[] = [
    [added.length, 'adds', '新增'],
    [changed.length, 'changes', '修改'],
    [removed.length, 'deletes', '删除'],
  ];
  const parts = counted.filter(([count]) => count > 0);
  const en = parts.map(([count, verb]) => `${verb} ${count} ${count === 1 ? 'rule' : 'rules'}`);
  const zh = parts.map(([count, , verb]) => `${verb} ${count} 条规则`);
  if (reordered) {
    en.push('puts rules into another order');
    zh.push('调整规则顺序');
  }
  if (en.length === 0) return { en: 'Changes nothing.', zh: '没有改动。' };
  const tail = replayed === undefined ? { en: '.', zh: '。' } : replayedText(replayed);
  const sentence = en.join(', ');
  return {
    en: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${tail.en}`,
    zh: `${zh.join('，')}${tail.zh}`,
  };
}

function replayedText({ events, different, uncertain }: Replayed): Bilingual {
  if (events === 0) return { en: '.', zh: '。' };
  const doubt =
    uncertain > 0
      ? {
          en: ` For ${uncertain} of the others this is not certain.`,
          zh: `其余消息中有 ${uncertain} 条无法确定。`,
        }
      : { en: '', zh: '' };
  return {
    en: `; of the last ${events} ${events === 1 ? 'event' : 'events'} ${different} would be decided differently.${doubt.en}`,
    zh: `；最近 ${events} 条事件中有 ${different} 条的判定会不同。${doubt.zh}`,
  };
}
