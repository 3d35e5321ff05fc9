import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { runProgram } from '../../../src/cli/program/run-program.js';
import { Breaker, defaultBreaker } from '../../../src/delivery/receivers/breaker.js';
import { retryDelay } from '../../../src/delivery/retry-delay.js';
import { loadRules } from '../../../src/runtime/load-rules.js';
import { createPrometheusMetrics } from '../../../src/server/metrics/prometheus-metrics.js';
import { documentContract } from '../../contract/document-contract.js';
import { captureIo } from '../../support/captured-io.js';
import { freePort, startChild } from '../../support/child.js';
import { readPair } from '../../support/document-pair.js';
import { blockOf, codeOf, rowsOf } from '../../support/markdown-file.js';
import { snippetFolder } from '../../support/snippet-folder.js';

const pair = readPair('docs/operations.md');

const inOrder = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).toSorted();

documentContract(pair);

const numbers = (cells: readonly string[]) =>
  cells.map((cell) => (cell.match(/[\d.]+/gu) ?? []).map(Number));

/** How long the first five pauses of a breaker are, in s. */
function lengths(random: number): readonly (readonly [index: number, seconds: number])[] {
  const breaker = new Breaker(defaultBreaker, () => random);
  for (let count = 0; count < 5; count += 1) breaker.end(breaker.begin(), 'failed', 0);
  return [1, 2, 3, 4, 5].map((index) => {
    const { state } = breaker;
    if (state.kind !== 'open') throw new Error(state.kind);
    breaker.end(breaker.begin(), 'failed', 0);
    return [index, state.until / 1000] as const;
  });
}

describe.each([pair.en, pair.zh])('$path', (document) => {
  test('lists every metric with its type and labels, and no other', async () => {
    const { text, metrics } = createPrometheusMetrics({
      stats: async () => ({
        counts: {
          waiting: 0,
          running: 0,
          answered: 0,
          refused: 0,
          dead: 0,
          dropped: 0,
          unknown: 0,
        },
      }),
      rules: () => 1,
      bots: () => ({ expected: 1, online: 1 }),
      receivers: () => [{ origin: 'http://127.0.0.1:4000', breaker: 'closed', calls: 0 }],
    });
    metrics.heard('message');
    metrics.dropped('echo');
    metrics.matched('x');
    metrics.silenced('x', 'limit');
    metrics.accepted('x');
    metrics.settled('x', 'dead');
    metrics.late('x', 'answer');
    metrics.replayed('x');
    metrics.attempted('x', '2xx', 1);
    metrics.said('x', 1);
    metrics.journalFailed('accept');
    const lines = (await text()).split('\n');
    const offered = lines.flatMap((line) => {
      const [, name = '', type] = /^# TYPE wechaty_callback_(\w+) (\w+)$/u.exec(line) ?? [];
      if (type === undefined) return [];
      const series = lines.find((one) => one.startsWith(`wechaty_callback_${name}`)) ?? '';
      const labels = [...series.matchAll(/(\w+)="/gu)].map(([, label]) => label);
      return [[name, type, labels.filter((label) => label !== 'le').join()]];
    });
    const listed = rowsOf(document, '`events_total`').map(([name = '', type, labels = '']) => [
      codeOf(name).join(),
      type,
      codeOf(labels).join(),
    ]);
    expect(inOrder(listed)).toEqual(inOrder(offered));
  });

  test('gives the pauses between calls as they are', async () => {
    const callback = { url: 'http://127.0.0.1:4000/' };
    const { config } = await loadRules({ rules: [{ name: 'x', callback }] });
    const retry = config.rules[0]?.callback.retry;
    if (retry === undefined) throw new Error('There is no rule.');
    const state = { now: 0, deadline: 3_600_000 };
    const longest = Array.from({ length: 6 }, (_, index) => {
      const wanted = { ...retry, attempts: 100 };
      return retryDelay(wanted, { ...state, attempts: index + 1 }, () => 1) ?? 0;
    });
    let sum = 0;
    const rows = longest.map((ms, index) => {
      sum += ms / 1000;
      return [[index + 2], [0, ms / 1000], [ms / 2000], [sum], [sum / 2]];
    });
    const [first, ...others] = rowsOf(document, '1', '0').map(numbers);
    expect(first).toEqual([[1], [0], [0], [0], [0]]);
    expect(others).toEqual(rows);
    expect(retry.attempts).toBe(5);
  });

  test('gives the pauses of a breaker as they are', () => {
    const [shortest, longest] = [lengths(1), lengths(0)];
    const table = document.tables.find((rows) => rows[1]?.[1]?.startsWith('3.75'))?.slice(1) ?? [];
    expect(table.map(numbers)).toEqual(
      longest.map(([index, most], at) => [[index], [shortest[at]?.[1], most]]),
    );
  });
});

describe('the blocks', () => {
  test('of yaml is a configuration that holds', async () => {
    const { config } = await loadRules(parseYaml(blockOf(pair.en, 'yaml')) as object);
    expect(config.log).toEqual({ level: 'info', http: true });
  });

  test('of js run as they are written: a repetition is answered, and not acted upon', async () => {
    const port = await freePort();
    const folder = snippetFolder('operations');
    folder.write('receiver.mjs', blockOf(pair.en, 'js').replace('4000', String(port)));
    const receiver = startChild(process.execPath, ['receiver.mjs'], { cwd: folder.path });
    const url = `http://127.0.0.1:${port}/user/subscribe`;
    const post = async (id: string) => {
      const headers = { 'content-type': 'application/json', 'webhook-id': id };
      const body = JSON.stringify({ question: '周报 📰', userId: 'wxid_alice', isSelf: false });
      const response = await fetch(url, { method: 'POST', headers, body });
      return await response.json();
    };
    const answer = { success: true, message: 'ok, 周报 📰' };
    await expect.poll(() => post('a').catch(() => undefined), { timeout: 90_000 }).toEqual(answer);
    expect(await Promise.all([post('a'), post('a'), post('b')])).toEqual([answer, answer, answer]);
    const subscribed = () => receiver.printed().match(/subscribed wxid_alice/gu);
    await expect.poll(subscribed).toHaveLength(2);
    const io = captureIo('/');
    await runProgram(['doctor', url], io);
    expect(io.out()).toContain('The receiver can be used.');
    receiver.kill('SIGTERM');
    await receiver.ended;
  });
});
