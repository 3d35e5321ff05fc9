import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type ReceiverOptions, startReceiver } from '../../../examples/receiver.js';
import { runEventTaskResponseSchema } from '../../../src/protocol/response.js';
import { sign } from '../../../src/protocol/signature.js';
import { compiled } from '../../support/compiled.js';
import { timed } from '../../support/timed.js';

const script = compiled('examples/receiver.ts');
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const task = {
  question: '周报 📰 \ud83d',
  userId: 'wxid_alice',
  isSelf: false,
  variables: { city: '广州', userName: '爱丽丝' },
};

/** A receiver on a free port that is closed when the test has finished. */
async function openReceiver(options: ReceiverOptions = {}) {
  const lines: string[] = [];
  const print = (line: string) => {
    lines.push(line);
  };
  const receiver = await startReceiver({
    port: 0,
    print,
    slowMs: 30,
    wordMs: 1,
    secret,
    ...options,
  });
  onTestFinished(receiver.close);
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${receiver.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const run = async (path: string, body: object = task) => {
    const response = await post(path, JSON.stringify(body));
    return { status: response.status, body: await response.json() };
  };
  return { ...receiver, lines, post, run };
}

test('greets the world', async () => {
  const { url } = await openReceiver();
  const response = await fetch(url);
  expect(await response.text()).toBe('Hello World!');
});

test('prints a line, the time and the task, and answers ok', async () => {
  const { run, lines } = await openReceiver();
  expect(await run('/user/subscribe')).toEqual({
    status: 200,
    body: { success: true, message: 'ok' },
  });
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe('-'.repeat(50));
  expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u);
  expect(lines[2]).toContain("userId: 'wxid_alice'");
});

test('says the question back', async () => {
  const { run } = await openReceiver();
  expect((await run('/echo')).body).toEqual({ success: true, message: task.question });
});

test('welcomes by name where it is told the name', async () => {
  const { run } = await openReceiver();
  expect((await run('/welcome')).body).toMatchObject({
    message: expect.stringContaining('爱丽丝') as string,
  });
});

test('welcomes by id where it is told no name', async () => {
  const { run } = await openReceiver();
  const { body } = await run('/welcome', { ...task, variables: {} });
  expect(body).toMatchObject({ message: expect.stringContaining('wxid_alice') as string });
});

test('takes its time over a slow answer', async () => {
  const { run } = await openReceiver({ slowMs: 120 });
  const start = performance.now();
  expect((await run('/slow')).body).toMatchObject({ success: true });
  expect(performance.now() - start).toBeGreaterThan(110);
});

test('fails when asked to', async () => {
  const { run } = await openReceiver();
  expect((await run('/fail')).status).toBe(500);
});

test('streams a text word by word', async () => {
  const { post } = await openReceiver();
  const response = await post('/stream', JSON.stringify(task));
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/u);
  const parts = (await response.text()).split('\n\n').filter(Boolean);
  expect(parts.at(-1)).toBe('data: [DONE]');
  const words = parts.slice(0, -1).map((part) => part.replace(/^data: /u, ''));
  expect(words.length).toBeGreaterThan(10);
  expect(words.join('')).toBe('这段话是一个词一个词说出来的 🌊 This is said word by word.');
});

test('answers a menu of several replies that the protocol allows', async () => {
  const { run } = await openReceiver();
  const { replies } = runEventTaskResponseSchema.parse((await run('/menu')).body);
  expect(replies?.map((reply) => reply.type)).toEqual(['text', 'link']);
});

function signed(body: string, key: string): Record<string, string> {
  const now = Date.now();
  return {
    'webhook-id': 'task-1',
    'webhook-timestamp': `${Math.floor(now / 1000)}`,
    'webhook-signature': sign([key], 'task-1', now, body),
  };
}

test('takes a task that is signed with its secret', async () => {
  const { post, lines } = await openReceiver();
  // Written by hand: the signature covers these very bytes, spaces and all.
  const body = '{ "question": "签名 ✍️",  "userId":"wxid_alice", "isSelf":false }';
  const response = await post('/signed', body, signed(body, secret));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    message: expect.stringContaining('签名 ✍️') as string,
  });
  expect(lines).toHaveLength(3);
});

test('refuses a task that is signed with another secret', async () => {
  const { post, lines } = await openReceiver();
  const body = JSON.stringify(task);
  const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
  const response = await post('/signed', body, signed(body, other));
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ success: false });
  expect(lines).toEqual([]);
});

test('refuses a task that was changed on the way', async () => {
  const { post } = await openReceiver();
  const body = JSON.stringify(task);
  const response = await post('/signed', body.replace('周报', '月报'), signed(body, secret));
  expect(response.status).toBe(401);
});

test.each([
  ['no JSON', '{"question":'],
  ['no task', '{"question":7}'],
])('answers 400 to a body that is %s', async (_, body) => {
  const { post } = await openReceiver();
  const response = await post('/echo', body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ success: false });
});

test('says in both languages that its port is in use', async () => {
  const { url } = await openReceiver();
  const port = Number(new URL(url).port);
  await expect(startReceiver({ port })).rejects.toMatchObject({
    code: 'port-in-use',
    text: {
      en: expect.stringContaining(`Port ${port} is in use`) as string,
      zh: expect.stringContaining(`端口 ${port} 已被占用`) as string,
    },
  });
});

test('closes at once although an answer is due', timed, async () => {
  const { url, close } = await startReceiver({ port: 0, print: () => {}, slowMs: 200 });
  const answer = fetch(`${url}/slow`, { method: 'POST' }).catch(() => 'cut');
  await delay(50);
  const start = performance.now();
  await close();
  expect(performance.now() - start).toBeLessThan(150);
  expect(await answer).toBe('cut');
});

function runScript(port: number) {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: `${port}` },
  });
  onTestFinished(() => {
    child.kill();
  });
  return child;
}

test('runs by itself on the port of the environment', async () => {
  const { url, close } = await startReceiver({ port: 0 });
  await close();
  const child = runScript(Number(new URL(url).port));
  child.stdout.setEncoding('utf8');
  const [line] = (await once(child.stdout, 'data')) as [string];
  expect(line).toContain(url);
  expect(await (await fetch(url)).text()).toBe('Hello World!');
});

test('ends with a sentence, not a stack, when the port is in use', async () => {
  const { url } = await openReceiver();
  const child = runScript(Number(new URL(url).port));
  const [errors, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
  expect(code).toBe(1);
  expect(errors).toMatch(/^端口 \d+ 已被占用.*\nPort \d+ is in use.*\n$/u);
});
