// A receiver with Fastify and @fastify/sse.
import { setTimeout as pause } from 'node:timers/promises';
import fastifySse from '@fastify/sse';
import Fastify from 'fastify';
import { Webhook } from 'standardwebhooks';

const app = Fastify();
await app.register(fastifySse);

const said = ({ question }) => `You said: ${question}`;
const answer = (task) => ({ success: true, message: said(task) });

app.post('/json', async ({ body }) => answer(body));

app.post('/slow', async ({ body }) => {
  await pause(3000);
  return answer(body);
});

app.post('/text', async ({ body }) => said(body));

app.post('/stream', { sse: true }, async ({ body }, reply) => {
  for (const data of [said(body), '\n', ' It', ' grows.']) {
    await reply.sse.send({ data });
    await pause(100);
  }
});

app.post('/broken', { sse: true }, async ({ body }, reply) => {
  for (const data of [said(body), ' It']) {
    await reply.sse.send({ data });
    await pause(100);
  }
  throw new Error('The model is gone.');
});

// The raw body, within this plugin only.
app.register(async (raw) => {
  raw.addContentTypeParser('application/json', { parseAs: 'string' }, async (_, body) => body);
  raw.post('/signed', async ({ body, headers }, reply) => {
    try {
      return answer(new Webhook(process.env.CALLBACK_SECRET).verify(body, headers));
    } catch {
      return reply.code(401).send();
    }
  });
});

await app.listen({ port: Number(process.env.PORT) });
