// A receiver with the Vercel AI SDK, in Hono: `node app.js ui` answers with the stream of the SDK's pages, `text` with text.
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { generateText, simulateReadableStream, streamText } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { Hono } from 'hono';

const [, , kind] = process.argv;
const app = new Hono();

const said = ({ question }) => `You said: ${question}`;
const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } };
const finish = { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage };
const failure = { type: 'error', error: new Error('The model is gone.') };

/** Stands for a model of a provider. */
function modelOf(task, last) {
  const id = '0';
  const pieces = last === finish ? [said(task), '\n', ' It', ' grows.'] : [said(task), ' It'];
  const chunks = [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id },
    ...pieces.map((delta) => ({ type: 'text-delta', id, delta })),
    ...(last === finish ? [{ type: 'text-end', id }] : []),
    last,
  ];
  return new MockLanguageModelV4({
    doGenerate: async () => ({
      content: [{ type: 'text', text: said(task) }],
      finishReason: finish.finishReason,
      usage,
      warnings: [],
    }),
    doStream: async () => ({ stream: simulateReadableStream({ chunks, chunkDelayInMs: 100 }) }),
  });
}

async function generated(task) {
  const { text } = await generateText({ model: modelOf(task, finish), prompt: task.question });
  return text;
}

function streamed(task, last) {
  const result = streamText({ model: modelOf(task, last), prompt: task.question });
  return kind === 'text' ? result.toTextStreamResponse() : result.toUIMessageStreamResponse();
}

const answer = async (task) => ({ success: true, message: await generated(task) });

app.post('/json', async (c) => c.json(await answer(await c.req.json())));

app.post('/slow', async (c) => {
  await pause(3000);
  return c.json(await answer(await c.req.json()));
});

app.post('/text', async (c) => c.text(await generated(await c.req.json())));

app.post('/stream', async (c) => streamed(await c.req.json(), finish));

app.post('/broken', async (c) => streamed(await c.req.json(), failure));

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) });
