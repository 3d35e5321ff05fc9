import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codeOf, type RunningConsole, startConsole } from '../../support/running-console.js';

const settings = `server: { port: 0 }
console: { enabled: true, history: false }
journal: { store: memory }
`;
const rules = `${settings}rules:
  - name: a
    keywords: [a]
    callback: { url: "http://127.0.0.1:9/" }
  - name: b
    keywords: [b]
    callback: { url: "http://127.0.0.1:9/", apiKey: "\${A_KEY:-none}" }
`;

async function changeOf({ client }: RunningConsole, ...changes: readonly object[]) {
  const { edition } = await client.call('GET /rules');
  return { edition, changes };
}

describe('rules that are edited over HTTP', () => {
  test('must hold, and every problem names its field', async () => {
    const running = await startConsole({ rules });
    const rule = {
      name: 'b',
      match: 'contians',
      callback: { url: 'ftp://x', apiKey: { $kept: ['callback', 'apiKey'] } },
    };
    const body = await changeOf(
      running,
      { kind: 'edit', name: 'a', rule: { name: 'a', callback: { url: 'http://x/' } } },
      { kind: 'edit', name: 'b', rule },
    );
    const plan = await running.client.call('POST /rules/plan', body);
    expect(plan.problems.map(({ rule: name, field }) => [name, field])).toEqual([
      // Another server does not get the secret that is kept.
      ['b', ['callback', 'apiKey']],
      ['b', ['callback', 'url']],
      ['b', ['match']],
    ]);
    expect(plan.problems[2]?.text.en).toContain('did you mean `contains`?');
    const before = readFileSync(running.file, 'utf8');
    const refused = await running.client.send('POST', '/rules/save', body);
    expect([refused.status, codeOf(refused)]).toEqual([422, 'config-invalid']);
    expect(readFileSync(running.file, 'utf8')).toBe(before);
  });

  test('are not written over a change that was made by hand meanwhile', async () => {
    const running = await startConsole({ rules });
    const body = await changeOf(running, { kind: 'delete', names: ['a'] });
    const byHand = `${rules}# by hand\n`;
    writeFileSync(running.file, byHand);
    const refused = await running.client.send('POST', '/rules/save', body);
    expect([refused.status, codeOf(refused)]).toEqual([409, 'file-changed']);
    expect(readFileSync(running.file, 'utf8')).toBe(byHand);
  });

  test('keep a reference to the environment that nobody touched, and cannot be undone twice', async () => {
    const running = await startConsole({ rules });
    const { client, file } = running;
    const { rule } = await client.call('GET /rules/:name', undefined, '/rules/b');
    const body = await changeOf(running, {
      kind: 'edit',
      name: 'b',
      rule: { ...rule, stop: true },
    });
    const saved = await client.call('POST /rules/save', body);
    expect(readFileSync(file, 'utf8')).toBe(
      rules.replace('none}" }\n', 'none}" }\n    stop: true\n'),
    );
    expect((await client.call('GET /rules')).undo?.summary.en).toBe('Changes 1 rule.');
    writeFileSync(file, `${readFileSync(file, 'utf8')}# by hand\n`);
    const late = await client.send('POST', '/rules/undo', { edition: saved.edition });
    expect([late.status, codeOf(late)]).toEqual([409, 'file-changed']);
    const { edition, undo } = await client.call('GET /rules');
    expect(undo).toBeUndefined();
    const none = await client.send('POST', '/rules/undo', { edition });
    expect([none.status, codeOf(none)]).toEqual([409, 'nothing-to-undo']);
  });

  test('show what is wrong with the file while the former rules are in force', async () => {
    const running = await startConsole({ rules });
    const { client, file } = running;
    writeFileSync(file, rules.replace('keywords: [b]', 'keyword: [b]'));
    const list = await client.call('GET /rules');
    expect(list.problems).toMatchObject([{ rule: 'b', field: ['keyword'], line: 9 }]);
    // A file that is no YAML at all: the rules in force are listed, and nothing can be changed.
    writeFileSync(file, `${rules}\n  - {`);
    const broken = await client.call('GET /rules');
    expect(broken.rules.map(({ name }) => name)).toEqual(['a', 'b']);
    const body = { edition: broken.edition, changes: [{ kind: 'delete', names: ['a'] }] };
    expect((await client.send('POST', '/rules/save', body)).status).toBe(422);
  });

  test.each([
    ['wechaty.config.mjs', (text: string) => `export default ${text};`],
    ['package.json', (text: string) => `{"wechaty": ${text}}`],
  ])('are shown, but not changed, when they stand in %s', async (name, written) => {
    const text = JSON.stringify({
      server: { port: 0 },
      console: { enabled: true },
      journal: { store: 'memory' },
      rules: [{ name: 'a', callback: { url: 'http://127.0.0.1:9/', apiKey: 'top-secret' } }],
    });
    const running = await startConsole({ rules: written(text), name });
    const { client, file } = running;
    expect((await client.call('GET /session')).readOnly?.zh).toMatch(/JavaScript|package\.json/u);
    const detail = await client.call('GET /rules/:name', undefined, '/rules/a');
    expect(detail.rule).toMatchObject({ name: 'a' });
    expect(JSON.stringify(detail)).not.toContain('top-secret');
    const body = await changeOf(running, { kind: 'delete', names: ['a'] });
    const refused = await client.send('POST', '/rules/save', body);
    expect([refused.status, codeOf(refused)]).toEqual([409, 'not-editable']);
    expect(readFileSync(file, 'utf8')).toBe(written(text));
  });

  test('have a form with words in both languages', async () => {
    const { client } = await startConsole({ rules });
    const { schema } = await client.call('GET /schema/rule');
    const { keywords } = schema['properties'] as Record<string, { 'x-text': object }>;
    expect(keywords?.['x-text']).toEqual({
      en: 'Any one suffices; none: every text.',
      zh: '关键字，任一即可；不写则匹配任何文本。',
    });
  });

  test('are tried before they are saved, also without a history', async () => {
    const running = await startConsole({ rules });
    const rule = { name: 'new', keywords: ['新'], callback: { url: 'http://127.0.0.1:9/' } };
    const draft = await changeOf(running, { kind: 'add', rule });
    const trial = await running.client.call('POST /try', { text: '新的', draft });
    expect(trial.rules.filter(({ matched }) => matched).map((one) => one.rule)).toEqual(['new']);
    expect((await running.client.call('POST /rules/plan', draft)).replayed).toBeUndefined();
    const events = await running.client.send('GET', '/events');
    expect([events.status, codeOf(events)]).toEqual([409, 'unavailable']);
    const chat = await running.client.send('GET', '/chat');
    expect([chat.status, codeOf(chat)]).toEqual([409, 'unavailable']);
  });
});
