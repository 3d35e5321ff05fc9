import { describe, expect, test } from 'vitest';
import { readYaml } from '../../../../src/config/source/read-yaml.js';
import type { Change } from '../../../../src/console/api/contract.js';
import { changedEntries } from '../../../../src/console/rules/entries.js';
import { rewriteRules, rulesIn } from '../../../../src/console/rules/rewrite-rules.js';
import { ProblemsError } from '../../../../src/core/problem.js';

async function changed(text: string, ...changes: readonly Change[]): Promise<string> {
  const { data } = await readYaml(text);
  const { entries, problems } = changedEntries(rulesIn(data), changes, (rule) => rule);
  if (problems.length > 0) throw new ProblemsError(problems);
  const rewritten = await rewriteRules(text, data, entries);
  return rewritten.text;
}

const off: Change = { kind: 'enable', names: ['a'], enabled: false };

describe('a file with rules that are changed', () => {
  test('stays JSON, with its indentation and line end', async () => {
    const text =
      '{\n    "rules": [\n        {"name": "a", "callback": {"url": "http://x/"}}\n    ]\n}\n';
    const made = await changed(text, off);
    expect(JSON.parse(made)).toEqual({
      rules: [{ name: 'a', callback: { url: 'http://x/' }, enabled: false }],
    });
    expect(made).toMatch(/^\{\n {4}"rules"/u);
    expect(made.endsWith('}\n')).toBe(true);
  });

  test('stays JSON on one line', async () => {
    expect(await changed('{"rules":[{"name":"a"}]}', off)).toBe(
      '{"rules":[{"name":"a","enabled":false}]}',
    );
  });

  test.each([
    ['no list of rules', 'maxAge: 60s # age\n'],
    ['an empty list', '# top\nrules: []\nmaxAge: 60s # age\n'],
    ['rules in brackets', 'rules: [{ name: b }] # here\nmaxAge: 60s # age\n'],
  ])('takes a new rule where there is %s', async (_, text) => {
    const made = await changed(text, { kind: 'add', rule: { name: 'n' } });
    expect(rulesIn((await readYaml(made)).data).at(-1)).toEqual({ name: 'n' });
    for (const comment of text.match(/# \w+/gu) ?? []) expect(made).toContain(comment);
  });

  test('is left without a rule', async () => {
    const made = await changed('# top\nrules:\n  - name: a\nmaxAge: 60s\n', {
      kind: 'delete',
      names: ['a'],
    });
    expect((await readYaml(made)).data).toEqual({ rules: [], maxAge: '60s' });
    expect(made).toContain('# top');
  });

  test('keeps references to the environment and a byte order mark out of the way', async () => {
    const text = 'rules:\n  - name: a\n    callback: { url: "http://x/", apiKey: "${KEY}" }\n';
    expect(await changed(text, off)).toBe(
      text.replace('- name: a\n', '- name: a\n    enabled: false\n'),
    );
  });

  test('changes a rule that takes over the keys of another (<<), and leaves that one alone', async () => {
    const text =
      'rules:\n  - &base\n    name: a\n    stop: true\n  - <<: *base\n    name: b # mine\n';
    const made = await changed(text, { kind: 'enable', names: ['b'], enabled: false });
    expect(rulesIn((await readYaml(made)).data)).toEqual([
      { name: 'a', stop: true },
      { name: 'b', stop: true, enabled: false },
    ]);
  });

  test('knows no rule of another name', async () => {
    await expect(changed('rules:\n  - name: b\n', off)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('keeps a secret that the page never saw, also when it moves', async () => {
    const text = 'rules:\n  - name: a\n    callback: { url: "http://x/", secret: [one, two] }\n';
    const made = await changed(text, {
      kind: 'edit',
      name: 'a',
      rule: {
        name: 'a',
        callback: {
          url: 'http://x/',
          secret: ['new', { $kept: ['callback', 'secret', 0] }],
        },
      },
    });
    expect(made).toContain('secret: [new, one]');
  });

  test('takes no stand-in for a secret that is not there', async () => {
    const rule = {
      name: 'n',
      callback: { url: 'http://x/', apiKey: { $kept: ['callback', 'apiKey'] } },
    };
    await expect(changed('rules: []\n', { kind: 'add', rule })).rejects.toMatchObject({
      code: 'config-invalid',
    });
  });
});
