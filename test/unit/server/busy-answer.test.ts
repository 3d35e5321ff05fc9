import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { busyAnswer } from '../../../src/server/busy-answer.js';
import { startHttpServer } from '../../../src/server/http-server.js';
import { createRoutes } from '../../../src/server/routes.js';

/** A part that counts how often it is asked, and says so. */
function counting(status = 200) {
  let now = 0;
  let count = 0;
  const part = new Hono().get('/', (context) => {
    count += 1;
    return context.body(`${count}`, status as 200, { 'cache-control': 'no-store' });
  });
  const busy = busyAnswer(part, { now: () => now });
  /** Asks as a server does. */
  const ask = async () => busy.ready()?.body ?? (await (await busy.app.request('/')).text());
  return { busy, ask, pass: (ms: number) => (now += ms) };
}

test('who asks now and then is answered anew each time', async () => {
  const { ask, pass } = counting();
  for (let time = 1; time <= 30; time += 1) {
    expect(await ask()).toBe(`${time}`);
    pass(25);
  }
});

test('of many who ask at once ten are answered anew, and all others as the last of them', async () => {
  const { ask, pass } = counting();
  const answers: string[] = [];
  for (let time = 0; time < 500; time += 1) answers.push(await ask());
  expect(new Set(answers).size).toBe(10);
  expect(answers.at(-1)).toBe('10');
  pass(250);
  expect(await ask()).toBe('11');
});

test('an answer is not given again when it is older than a quarter of a second', async () => {
  const { busy, ask, pass } = counting();
  await ask();
  pass(240);
  for (let time = 0; time < 20; time += 1) busy.ready();
  pass(10);
  for (let time = 0; time < 10; time += 1) busy.ready();
  expect(busy.ready()).toBeUndefined();
});

test('what is ready is what would have been answered, to the header', async () => {
  const { busy } = counting(503);
  const response = await busy.app.request('/');
  for (let time = 0; time < 10; time += 1) busy.ready();
  const headers = { 'cache-control': 'no-store', 'content-type': 'text/plain;charset=UTF-8' };
  expect(busy.ready()).toMatchObject({ status: 503, body: '1' });
  expect(busy.ready()?.headers).toEqual(Object.fromEntries(response.headers));
  expect(Object.keys(headers)).toEqual(
    expect.arrayContaining(Object.keys(busy.ready()?.headers ?? {})),
  );
});

test('a server sends what is ready, whatever query is asked with, and only to a GET', async () => {
  const routes = createRoutes();
  const { busy } = counting(503);
  routes.addBusy('/healthz', busy);
  const server = await startHttpServer(routes, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  const ask = async (path = '/healthz', method = 'GET') => {
    const response = await fetch(`${server.origin}${path}`, { method });
    const { status, headers } = response;
    return [status, headers.get('cache-control'), await response.text()];
  };
  for (let time = 1; time <= 10; time += 1) {
    expect(await ask()).toEqual([503, 'no-store', `${time}`]);
  }
  expect(await ask()).toEqual([503, 'no-store', '10']);
  expect(await ask('/healthz?again=1')).toEqual([503, 'no-store', '10']);
  expect((await ask('/healthz', 'POST'))[0]).toBe(404);
  expect(await ask('/healthz/more')).toEqual([404, null, '404 Not Found']);
});

test('what is taken away is not ready any more', async () => {
  const routes = createRoutes();
  const { busy, ask } = counting();
  const remove = routes.addBusy('/healthz', busy);
  for (let time = 0; time < 20; time += 1) await ask();
  expect(routes.ready('/healthz')?.body).toBe('10');
  remove();
  expect(routes.ready('/healthz')).toBeUndefined();
});
