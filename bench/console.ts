/**
 * The console's API with a thousand rules and a hundred thousand tasks on disk: over real HTTP, in a
 * program that does nothing else.
 *
 * Prints, for each request, the median and the slowest of `rounds`, and how long it held up everything
 * else in the program at most.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { writePassword } from '../src/console/access/password-file.js';
import type { RuleList } from '../src/console/api/contract.js';
import type { Task } from '../src/core/task.js';
import { CallbackPlugin } from '../src/index.js';
import { createSqliteJournal } from '../src/journal/open-sqlite.js';
import { median } from './support/statistics.js';

const rules = 1000;
const tasks = 100_000;
const rounds = 20;
const password = 'only for this run';

const folder = mkdtempSync(join(tmpdir(), 'wechaty-callback-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

function ruleText(n: number): string {
  return `  # 规则 ${n}
  - name: rule-${n}
    keywords: [关键字${n}, keyword-${n}] # 任一即可
    callback:
      url: http://127.0.0.1:9/rule/${n}
      apiKey: key-${n}
    reply: { quote: true }
`;
}

function taskOf(n: number): Task {
  const userId = `wxid_${n % 5000}`;
  const text = `关键字${n % rules}，请问今天的周报在哪里可以看到？`;
  const payload = {
    type: 7,
    id: `m${n}`,
    text,
    talkerId: userId,
    roomId: '',
    timestamp: 1_764_572_000,
  };
  return {
    id: `task-${n}`,
    botId: 'bot',
    lane: `lane-${n}`,
    rule: `rule-${n % rules}`,
    event: 'message',
    eventId: `m${n}`,
    conversation: { kind: 'contact', id: userId },
    request: { question: text, userId, isSelf: false, payload },
    arrivedAt: Date.now() - (tasks - n) * 100,
  };
}

/** Nine of ten are answered, the tenth is dead; a thousand wait. */
async function fill(file: string): Promise<void> {
  const journal = await createSqliteJournal({ file });
  for (let start = 0; start < tasks; start += 5000) {
    await journal.accept(Array.from({ length: 5000 }, (_, n) => taskOf(start + n)));
  }
  let settled = 0;
  while (settled < tasks - 1000) {
    const claims = await journal.claim(500, ['bot']);
    await Promise.all(
      claims.map((claim, n) => {
        const attempt = { startedAt: Date.now(), durationMs: 12, status: n % 10 ? 200 : 404 };
        return n % 10
          ? journal.settle(claim, 'answered', { attempt, said: 1 })
          : journal.settle(claim, 'dead', { attempt, reason: 'http-404' });
      }),
    );
    settled += claims.length;
  }
  await journal.close();
}

mkdirSync(join(folder, '.wechaty'));
await fill(join(folder, '.wechaty', 'callback.db'));
await writePassword(join(folder, '.wechaty', 'console.json'), password);
const file = join(folder, '.wechatyrc.yaml');
const port = 20_000 + Math.floor(Math.random() * 20_000);
const settings = `server: { port: ${port} }\nconsole: { enabled: true }\nloopLimit: false\nlog: { level: silent }\n`;
writeFileSync(
  file,
  `${settings}rules:\n${Array.from({ length: rules }, (_, n) => ruleText(n)).join('\n')}`,
);
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error };
const plugin = CallbackPlugin(file, { logger: silent });
await plugin.ready;

const base = `http://127.0.0.1:${port}/console/api`;
let cookie = '';
async function ask(path: string, body?: unknown): Promise<string> {
  const response = await fetch(base + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { cookie, 'x-console': '1', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  cookie = response.headers.get('set-cookie')?.split(';', 1)[0] ?? cookie;
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 300)}`);
  return text;
}

async function measure(what: string, request: () => Promise<string>): Promise<void> {
  const times: number[] = [];
  let bytes = 0;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    bytes = (await request()).length;
    times.push(performance.now() - start);
  }
  delay.disable();
  const [mid, most] = [median(times), Math.max(...times)];
  console.log(
    `${what.padEnd(46)} ${mid.toFixed(1).padStart(7)} ms  at most ${most.toFixed(1).padStart(7)} ms  held up ${(delay.max / 1e6).toFixed(0).padStart(3)} ms  ${bytes} bytes`,
  );
}

await ask('/login', { password });
const { edition } = JSON.parse(await ask('/rules')) as RuleList;
const change = { edition, changes: [{ kind: 'enable', names: ['rule-500'], enabled: false }] };
const cursor = (JSON.parse(await ask('/tasks?limit=200')) as { next: string }).next;

await measure('rules: all', () => ask('/rules'));
await measure('rules: search', () => ask('/rules?search=keyword-77'));
await measure('rules: one', () => ask('/rules/rule-500'));
await measure('rules: plan of a change', () => ask('/rules/plan', change));
await measure('try a message', () => ask('/try', { text: '关键字500 你好' }));
await measure('tasks: newest', () => ask('/tasks'));
await measure('tasks: second page', () => ask(`/tasks?cursor=${cursor}`));
await measure('tasks: far back', () => ask('/tasks?cursor=task-50'));
await measure('tasks: dead', () => ask('/tasks?state=dead'));
await measure('tasks: waiting', () => ask('/tasks?state=waiting'));
await measure('tasks: of a rule', () => ask('/tasks?rule=rule-500'));
await measure('tasks: of a rule that has none', () => ask('/tasks?rule=nobody'));
await measure('tasks: of a conversation', () => ask('/tasks?conversation=wxid_77'));
await measure('tasks: dead, of a rule', () => ask('/tasks?state=dead&rule=rule-500'));
await measure('tasks: of the oldest hour', () =>
  ask(`/tasks?until=${Date.now() - tasks * 100 + 100_000}`),
);
await measure('tasks: one', () => ask('/tasks/task-777'));
await measure('dead letters', () => ask('/dead-letters'));
await measure('health', () => ask('/health'));
await plugin.close({ graceMs: 100 });
