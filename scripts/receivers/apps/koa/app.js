// A receiver with Koa.
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { Webhook } from 'standardwebhooks';

const router = new Router();

const said = ({ question }) => `You said: ${question}`;
const answer = (task) => ({ success: true, message: said(task) });

router.post('/json', (ctx) => {
  ctx.body = answer(ctx.request.body);
});

router.post('/slow', async (ctx) => {
  await pause(3000);
  ctx.body = answer(ctx.request.body);
});

router.post('/text', (ctx) => {
  ctx.body = said(ctx.request.body);
});

async function* events(pieces) {
  for (const piece of pieces) {
    yield `data: ${JSON.stringify(piece)}\n\n`;
    await pause(100);
  }
}

router.post('/stream', (ctx) => {
  ctx.type = 'text/event-stream';
  ctx.body = Readable.from(events([said(ctx.request.body), '\n', ' It', ' grows.']));
});

async function* breaks(pieces) {
  yield* events(pieces);
  throw new Error('The model is gone.');
}

router.post('/broken', (ctx) => {
  ctx.type = 'text/event-stream';
  ctx.body = Readable.from(breaks([said(ctx.request.body), ' It']));
});

router.post('/signed', (ctx) => {
  try {
    new Webhook(process.env.CALLBACK_SECRET).verify(ctx.request.rawBody, ctx.headers);
  } catch {
    ctx.status = 401;
    return;
  }
  ctx.body = answer(ctx.request.body);
});

const app = new Koa();
app.use(bodyParser());
app.use(router.routes());
app.listen(Number(process.env.PORT), '127.0.0.1');
