/**
 * A WeCom AI bot (企业微信智能机器人) that answers with a language model, word by word.
 *
 * The bot posts each message to the little server below, which asks any server that speaks OpenAI's
 * chat completions and passes its stream on. In the admin console the callback URL of the bot is
 * `https://<your host>/wecom-bot`.
 *
 * 把消息交给大模型，并把回答逐字显示在企业微信里。回调地址填 `https://<域名>/wecom-bot`。
 *
 *   WECOM_BOT_TOKEN=… WECOM_BOT_AES_KEY=… WECOM_BOT_NAME=小助手 \
 *   OPENAI_BASE_URL=http://127.0.0.1:11434/v1 OPENAI_MODEL=qwen3 npx tsx examples/wecom-bot-ai.ts
 */
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { WechatyBuilder } from 'wechaty';
import { CallbackPlugin, PuppetWeComBot } from '../src/index.js';
import { type RunEventTask, runEventTaskSchema } from '../src/protocol/index.js';

const env = process.env;
const port = 4001;

/** What the model is asked; the answer is an event stream of chat completion chunks. */
async function askModel({ question }: RunEventTask): Promise<Response> {
  const base = env['OPENAI_BASE_URL'] ?? 'https://api.openai.com/v1';
  return await fetch(`${base}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${env['OPENAI_API_KEY'] ?? ''}`,
    },
    body: JSON.stringify({
      model: env['OPENAI_MODEL'] ?? 'gpt-4o-mini',
      stream: true,
      messages: [{ role: 'user', content: question }],
    }),
  });
}

createServer((request, response) => {
  const answer = async () => {
    const model = await askModel(runEventTaskSchema.parse(await json(request)));
    response.writeHead(model.status, { 'content-type': 'text/event-stream' });
    if (model.body) Readable.fromWeb(model.body as never).pipe(response);
    else response.end();
  };
  answer().catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
}).listen(port, '127.0.0.1');

const puppet = new PuppetWeComBot({
  token: env['WECOM_BOT_TOKEN'] ?? '',
  aesKey: env['WECOM_BOT_AES_KEY'] ?? '',
  ...(env['WECOM_BOT_NAME'] && { botName: env['WECOM_BOT_NAME'] }),
});

const bot = WechatyBuilder.build({ name: 'wecom-bot-ai', puppet });
bot.use(
  CallbackPlugin({
    rules: [
      {
        name: 'model',
        callback: { url: `http://127.0.0.1:${port}`, timeout: '10m' },
        reply: { within: '15m', onFailure: '出了点问题，请稍后再试。' },
      },
    ],
    server: { port: 8788 },
  }),
);
await bot.start();
