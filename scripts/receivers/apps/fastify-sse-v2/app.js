// A receiver with Fastify and fastify-sse-v2.
import { setTimeout as pause } from 'node:timers/promises';
import Fastify from 'fastify';
import rawBody from 'fastify-raw-body';
import { FastifySSEPlugin } from 'fastify-sse-v2';
import { Webhook } from 'standardwebhooks';

const app = Fastify();
await app.register(FastifySSEPlugin);
await app.register(rawBody, { global: false });

const said = ({ question }) => `You said: ${question}`;
const answer = (task) => ({ success: true, message: said(task) });

app.post('/json', async ({ body }) => answer(body));

app.post('/slow', async ({ body }) => {
  await pause(3000);
  return answer(body);
});

app.post('/text', async ({ body }) => said(body));

async function* events(pieces) {
  for (const data of pieces) {
    yield { data };
    await pause(100);
  }
}

app.post('/stream', ({ body }, reply) => {
  reply.sse(events([said(body), '\n', ' It', ' grows.']));
});

async function* breaks(pieces) {
  yield* events(pieces);
  throw new Error('The model is gone.');
}

app.post('/broken', ({ body }, reply) => {
  reply.sse(breaks([said(body), ' It']));
});

app.post('/signed', { config: { rawBody: true } }, async (request, reply) => {
  try {
    new Webhook(process.env.CALLBACK_SECRET).verify(request.rawBody, request.headers);
  } catch {
    return reply.code(401).send();
  }
  return answer(request.body);
});

await app.listen({ port: Number(process.env.PORT) });
