import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readYaml } from '../../../../src/config/source/read-yaml.js';
import type { Change } from '../../../../src/console/api/contract.js';
import { changedEntries } from '../../../../src/console/rules/entries.js';
import { rewriteRules } from '../../../../src/console/rules/rewrite-rules.js';
import { rewriteYaml } from '../../../../src/console/rules/yaml/rewrite.js';
import { type CommentedFile, commentedFile, dataOf, linesOf, textOf } from './commented-yaml.js';

const runs = { numRuns: 600 };

/** The text after some changes, made in place: never by writing the file anew. */
async function rewritten(file: CommentedFile, changes: readonly Change[]) {
  const text = textOf(file);
  const { data, problems } = await readYaml(text);
  expect(problems).toEqual([]);
  const rules = dataOf(file);
  expect((data as { rules: unknown }).rules).toEqual(rules);
  const { entries } = changedEntries(rules, changes, (rule) => rule);
  const { text: made } = await rewriteRules(text, data, entries);
  expect(await rewriteYaml(text, rules, entries)).toBe(made);
  return { made, entries, lines: made.split(/\r?\n/u) };
}

function commentsIn(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => /# 注释 \d+ comment/u.exec(line)?.[0] ?? []);
}

/** Whether all of `wanted` stand in `lines`, in this order. */
function isWithin(wanted: readonly string[], lines: readonly string[]): boolean {
  let next = 0;
  for (const line of lines) if (line === wanted[next]) next += 1;
  return next === wanted.length;
}

function place(file: CommentedFile, seed: number): number {
  return seed % file.rules.length;
}

const seeds = fc.nat({ max: 100 });

const valueChanges: readonly ((rule: Readonly<Record<string, unknown>>) => [string, unknown])[] = [
  () => ['match', 'endsWith'],
  () => ['keywords', ['新的', 'new']],
  () => ['callback', { url: 'http://127.0.0.1/other', timeout: '7s' }],
  () => ['callback', { url: 'http://127.0.0.1/x', timeout: '9s', apiKey: '${KEY}' }],
  () => ['reply', false],
  () => ['reply', { onFailure: 'sorry', quote: true }],
  () => ['trigger', { mention: 'me', in: 'room' }],
  (rule) => ['keywords', [...((rule['keywords'] as string[] | undefined) ?? ['a']), 'z']],
  (rule) => ['keywords', ((rule['keywords'] as string[] | undefined) ?? ['a', 'b']).slice(0, 1)],
];

describe('a YAML file that is edited', () => {
  test('keeps every comment and every line when no value is changed', async () => {
    await fc.assert(
      fc.asyncProperty(commentedFile, async (file) => {
        const { made } = await rewritten(file, [
          { kind: 'edit', name: 'r0', rule: dataOf(file)[0] ?? {} },
        ]);
        expect(made).toBe(textOf(file));
      }),
      runs,
    );
  });

  test('keeps every comment and every other line when a key of a rule is changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        commentedFile,
        seeds,
        fc.constantFrom(...valueChanges),
        async (file, seed, change) => {
          const index = place(file, seed);
          const old = dataOf(file)[index] ?? {};
          const [key, value] = change(old);
          const rule = { ...old, [key]: value };
          const { made, lines } = await rewritten(file, [
            { kind: 'edit', name: `r${index}`, rule },
          ]);
          expect(((await readYaml(made)).data as { rules: unknown[] }).rules[index]).toEqual(rule);
          const touched = file.rules[index]?.keys.find((one) => one.key === key)?.lines ?? [];
          const others = linesOf(file).filter((line) => !touched.includes(line) || line === '');
          expect(isWithin(others, lines)).toBe(true);
          // The value's own lines may go with their comments, but only if it is another kind of value.
          const kept = linesOf(file).filter(
            (line) => touched[0] === line || !touched.includes(line),
          );
          const isLine = touched.length <= 1;
          expect(isWithin(isLine ? commentsIn(kept) : [], commentsIn(lines))).toBe(true);
        },
      ),
      runs,
    );
  });

  test('keeps every comment and every line but one when a rule is switched', async () => {
    await fc.assert(
      fc.asyncProperty(commentedFile, seeds, fc.boolean(), async (file, seed, enabled) => {
        const names = [`r${place(file, seed)}`];
        const { lines } = await rewritten(file, [{ kind: 'enable', names, enabled }]);
        expect(isWithin(linesOf(file), lines)).toBe(true);
        expect(lines.filter((line) => line !== '')).toHaveLength(
          linesOf(file).filter((line) => line !== '').length + 1,
        );
      }),
      runs,
    );
  });

  test('keeps every comment when rules are moved, copied and added', async () => {
    await fc.assert(
      fc.asyncProperty(commentedFile, seeds, seeds, async (file, from, to) => {
        const name = `r${place(file, from)}`;
        const rule = { name: 'fresh', keywords: ['新'], callback: { url: 'http://127.0.0.1/' } };
        const { made, entries, lines } = await rewritten(file, [
          { kind: 'move', name, to: place(file, to) },
          { kind: 'add', rule, at: place(file, to) },
        ]);
        expect(((await readYaml(made)).data as { rules: unknown }).rules).toEqual(
          entries.map(({ data }) => data),
        );
        expect(commentsIn(lines).toSorted()).toEqual(commentsIn(linesOf(file)).toSorted());
        for (const { keys } of file.rules) {
          expect(
            isWithin(
              keys.flatMap((key) => key.lines),
              lines,
            ),
          ).toBe(true);
        }
      }),
      runs,
    );
  });

  test('keeps all but the lines of a deleted rule, and comments that stand by themselves', async () => {
    await fc.assert(
      fc.asyncProperty(commentedFile, seeds, async (file, seed) => {
        fc.pre(file.rules.length > 1);
        const index = place(file, seed);
        const { lines } = await rewritten(file, [{ kind: 'delete', names: [`r${index}`] }]);
        const others = {
          ...file,
          rules: file.rules.map((rule, at) => {
            if (at === index) return { head: [], keys: [], gap: detached(rule.gap, true) };
            // A comment right above the deleted rule is that rule's, wherever it was written.
            return at === index - 1 ? { ...rule, gap: detached(rule.gap, false) } : rule;
          }),
        };
        const wanted = linesOf(others).filter((line) => line !== '');
        expect(isWithin(wanted, lines)).toBe(true);
      }),
      runs,
    );
  });

  test('copies a rule with its lines, switched off, and the comment above it only once', async () => {
    await fc.assert(
      fc.asyncProperty(commentedFile, seeds, async (file, seed) => {
        const index = place(file, seed);
        const { made, lines } = await rewritten(file, [
          { kind: 'copy', name: `r${index}`, as: 'twin' },
        ]);
        const { rules } = (await readYaml(made)).data as { rules: Record<string, unknown>[] };
        expect(rules[index + 1]).toEqual({ ...rules[index], name: 'twin', enabled: false });
        expect(
          isWithin(
            linesOf(file).filter((line) => line !== ''),
            lines,
          ),
        ).toBe(true);
        const head = commentsIn(file.rules[index]?.head ?? []);
        for (const comment of head) {
          expect(lines.filter((line) => line.includes(comment))).toHaveLength(1);
        }
      }),
      runs,
    );
  });
});

/** Of what stands behind a rule: all that is not right above the next one, or all of it. */
function detached(gap: readonly string[], isAll: boolean): readonly string[] {
  return isAll ? gap : gap.slice(0, gap.lastIndexOf('') + 1);
}
