// What deciding costs, with few rules and with many. Run: npm run bench
import type { BotEvent } from '../src/core/event.js';
import type { Rule } from '../src/core/rule.js';
import { compileRules } from '../src/rules/compile-rules.js';
import { lintRules } from '../src/rules/lint-rules.js';
import { naiveDecider } from '../test/support/naive-decide.js';
import { headOf, sampleMessage } from '../test/support/sample-event.js';
import { sampleRule } from '../test/support/sample-rule.js';

const sizes = [10, 100, 1000, 10_000];
const rounds = 9;
const keywordsPerRule = 5;
const textLength = 20;

/** 2,500 Chinese characters and the Latin letters: what people write with. */
const alphabet = Array.from({ length: 2500 }, (_, index) => String.fromCharCode(0x4e00 + index * 3))
  .concat(Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'))
  .concat([' ', '，', '。', '！', 'Ａ', '😀']);

const random = createRandom(20_251_201);

function createRandom(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet[random(alphabet.length)]).join('');
}

function randomRules(count: number): readonly Rule[] {
  return Array.from({ length: count }, (_, index) =>
    sampleRule({
      name: `rule-${index}`,
      keywords: Array.from({ length: keywordsPerRule }, () => `${randomText(2 + random(4))}词`),
    }),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The median time of one call, in µs. */
function timePerCall(calls: number, call: (index: number) => unknown): number {
  for (let index = 0; index < calls; index += 1) call(index);
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    for (let index = 0; index < calls; index += 1) call(index);
    return ((performance.now() - start) / calls) * 1000;
  });
  return median(times);
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

interface Row {
  readonly rules: number;
  readonly 'compile, ms': number;
  readonly 'lint, ms': number;
  readonly 'screen, no match': number;
  readonly 'decide, no match': number;
  readonly 'decide, one match': number;
  readonly 'plain loop': number;
}

function measure(count: number): Row {
  const rules = randomRules(count);
  const compiling = Array.from({ length: 3 }, () => {
    const start = performance.now();
    const ruleSet = compileRules(rules);
    return { ruleSet, ms: performance.now() - start };
  });
  const ruleSet = compiling[0]?.ruleSet ?? compileRules(rules);
  const lintStart = performance.now();
  lintRules(ruleSet);
  const lintMs = performance.now() - lintStart;
  const texts = Array.from({ length: 512 }, () => randomText(textLength));
  const events = texts.map((text) => sampleMessage({ text }));
  const heads = events.map(headOf);
  const matching = texts.map((text): BotEvent => {
    const word = pick(pick(rules, random(count)).keywords, random(keywordsPerRule));
    return sampleMessage({ text: `${text.slice(0, 10)}${word}${text.slice(10 + word.length)}` });
  });
  const naive = naiveDecider(rules);
  const calls = 20_000;
  return {
    rules: count,
    'compile, ms': median(compiling.map(({ ms }) => ms)),
    'lint, ms': lintMs,
    'screen, no match': timePerCall(calls, (index) => ruleSet.screen(pick(heads, index))),
    'decide, no match': timePerCall(calls, (index) => ruleSet.decide(pick(events, index))),
    'decide, one match': timePerCall(calls, (index) => ruleSet.decide(pick(matching, index))),
    'plain loop': timePerCall(Math.ceil(2000 / count), (index) => naive(pick(events, index))),
  };
}

function printTable(rows: readonly Readonly<Record<string, number>>[]): void {
  const names = Object.keys(rows[0] ?? {});
  console.log(names.map((name) => name.padStart(18)).join(''));
  for (const row of rows) {
    console.log(names.map((name) => shown(row[name] ?? 0).padStart(18)).join(''));
  }
}

function shown(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(value < 10 ? 3 : 1);
}

console.log(`Rules of ${keywordsPerRule} keywords, texts of ${textLength} characters; µs a call\n`);
const rows = sizes.map(measure);
printTable(rows.map((row) => ({ ...row })));
const [few, many] = [rows[0], rows.at(-1)];
if (few !== undefined && many !== undefined) {
  const ratios = (
    ['screen, no match', 'decide, no match', 'decide, one match', 'plain loop'] as const
  )
    .map((name) => `${name}: ${(many[name] / few[name]).toFixed(1)}`)
    .join('; ');
  console.log(`\n10,000 rules to 10: ${ratios}`);
}

console.log('\nKeywords a, aa, aaa, … of up to 2,000 letters on a text of nothing but a\n');
const nested = Array.from({ length: 2000 }, (_, index) => 'a'.repeat(index + 1));
const overlapping = compileRules(
  Array.from({ length: 20 }, (_, index) =>
    sampleRule({
      name: `rule-${index}`,
      keywords: nested.filter((_word, at) => at % 20 === index),
    }),
  ),
);
printTable(
  [2000, 4000, 8000, 16_000, 32_000, 64_000].map((length) => {
    const event = sampleMessage({ text: 'a'.repeat(length) });
    const us = timePerCall(20, () => overlapping.decide(event));
    return { letters: length, 'decide, µs': us, 'ns a letter': (us / length) * 1000 };
  }),
);

console.log('\nRules with one regular expression each, on texts that match none; µs a call\n');
printTable(
  [10, 100, 1000].map((count) => {
    const regexes = compileRules(
      Array.from({ length: count }, (_, index) =>
        sampleRule({
          name: `rule-${index}`,
          match: 'regex',
          keywords: [
            `^(${randomText(2)}|退${randomText(1)}订)\\s*(?<topic>.+)$`.replaceAll(' ', ''),
          ],
        }),
      ),
    );
    const heads = Array.from({ length: 512 }, () =>
      headOf(sampleMessage({ text: randomText(textLength) })),
    );
    return {
      rules: count,
      screen: timePerCall(5000, (index) => regexes.screen(pick(heads, index))),
    };
  }),
);
