// A receiver with Hono.
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { Webhook } from 'standardwebhooks';

const app = new Hono();

const said = ({ question }) => `You said: ${question}`;
const answer = (task) => ({ success: true, message: said(task) });

app.post('/json', async (c) => c.json(answer(await c.req.json())));

app.post('/slow', async (c) => {
  await pause(3000);
  return c.json(answer(await c.req.json()));
});

app.post('/text', async (c) => c.text(said(await c.req.json())));

app.post('/stream', async (c) => {
  const task = await c.req.json();
  return streamSSE(c, async (stream) => {
    for (const data of [said(task), '\n', ' It', ' grows.']) {
      await stream.writeSSE({ data });
      await stream.sleep(100);
    }
  });
});

app.post('/broken', async (c) => {
  const task = await c.req.json();
  return streamSSE(c, async (stream) => {
    for (const data of [said(task), ' It']) {
      await stream.writeSSE({ data });
      await stream.sleep(100);
    }
    throw new Error('The model is gone.');
  });
});

app.post('/signed', async (c) => {
  const body = await c.req.text();
  try {
    return c.json(answer(new Webhook(process.env.CALLBACK_SECRET).verify(body, c.req.header())));
  } catch {
    return c.body(null, 401);
  }
});

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) });
