/**
 * The example receiver: what a callback URL looks like from the inside.
 *
 * Run it with `npx tsx examples/receiver.ts`; the rules beside it (`.wechatyrc.yaml`) call it.
 * It listens on this machine only, on port 4000 or the one in the environment's `PORT`.
 */
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import dayjs from 'dayjs';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import {
  CallbackError,
  isCallbackError,
  type RunEventTask,
  type RunEventTaskResponse,
  runEventTaskSchema,
  verifyTask,
} from '../src/protocol/index.js';

/** For trying out only: everybody can read it here. */
const demoSecret = 'whsec_d2VjaGF0eS1jYWxsYmFjayBkZW1vIHNlY3JldCBvbmx5';

const storyText = '这段话是一个词一个词说出来的 🌊 This is said word by word.';

/** How the receiver is run. */
export interface ReceiverOptions {
  /** 0: any free port. Default: `PORT` of the environment, else 4000. */
  readonly port?: number;
  /** Where lines go. Default: the console. */
  readonly print?: (text: string) => void;
  /** The secret of the rule that calls `/signed`. Default: `SIGNED_SECRET`, else the demo's own. */
  readonly secret?: string;
  /** How long `/slow` takes, in ms. Default: 5,000. */
  readonly slowMs?: number;
  /** The pause between the words of `/stream`, in ms. Default: 150. */
  readonly wordMs?: number;
}

/** A receiver that listens. */
export interface Receiver {
  /** Without a slash at the end. */
  readonly url: string;
  /** Stops listening and cuts what is open. */
  readonly close: () => Promise<void>;
}

/** Where the receiver listens unless told: `PORT` of the environment, else 4000. */
export function receiverPort(): number {
  return Number(process.env['PORT']) || 4000;
}

/**
 * Starts the receiver; resolves when it listens.
 *
 * @throws CallbackError `port-in-use`
 */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const port = options.port ?? receiverPort();
  const server = createServer(receiverApp(options));
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'EADDRINUSE' ? portInUse(port, cause) : cause;
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function receiverApp(options: ReceiverOptions): Express {
  const { print = console.log, slowMs = 5000, wordMs = 150 } = options;
  const secret = options.secret ?? process.env['SIGNED_SECRET'] ?? demoSecret;
  const show = (body: unknown) => {
    print('-'.repeat(50));
    print(dayjs().format('YYYY-MM-DD HH:mm:ss'));
    print(inspect(body, { depth: null }));
  };
  const app = express();

  // Before the JSON parser: what is signed are the bytes as they came, not what they mean.
  app.post('/signed', express.raw({ type: '*/*' }), (req, res) => {
    const task = verifyTask(req.headers, req.body as Buffer, secret);
    show(task);
    res.json(said(`签名有效 ✅ The signature is valid: ${task.question}`));
  });

  app.use(express.json({ limit: '1mb' }));

  app.get('/', (_req, res) => {
    res.send('Hello World!');
  });

  app.use((req, _res, next) => {
    if (req.method === 'POST') show(req.body);
    next();
  });

  app.post('/user/subscribe', (_req, res) => {
    res.json({ success: true, message: 'ok' });
  });

  app.post('/echo', (req, res) => {
    res.json(said(taskOf(req).question));
  });

  app.post('/welcome', (req, res) => {
    const { userId, variables } = taskOf(req);
    res.json(said(`欢迎 Welcome, ${variables?.['userName'] || userId} 👏`));
  });

  app.post('/slow', async (_req, res) => {
    await delay(slowMs);
    res.json(said('让你久等了 🐢 Here I am at last.'));
  });

  app.post('/fail', (_req, res) => {
    res.status(500).json({ success: false, message: '出错了 Something went wrong' });
  });

  app.post('/stream', async (_req, res) => {
    res.type('text/event-stream');
    for (const word of wordsOf(storyText)) {
      if (res.closed) return;
      res.write(`data: ${word}\n\n`);
      await delay(wordMs);
    }
    res.end('data: [DONE]\n\n');
  });

  app.post('/menu', (_req, res) => {
    res.json(menu);
  });

  app.use(answerError);
  return app;
}

const menu: RunEventTaskResponse = {
  success: true,
  message: '',
  replies: [
    {
      type: 'text',
      text: ['菜单 Menu', '· 订阅 subscribe', '· echo 你好', '· slow', '· stream', '· fail'].join(
        '\n',
      ),
    },
    {
      type: 'link',
      url: 'https://wechaty.js.org',
      title: 'Wechaty',
      description: '对话机器人框架 A framework for chatbots',
    },
  ],
};

function said(message: string): RunEventTaskResponse {
  return { success: true, message };
}

function taskOf(req: Request): RunEventTask {
  return runEventTaskSchema.parse(req.body);
}

function wordsOf(text: string): readonly string[] {
  const words = new Intl.Segmenter('zh', { granularity: 'word' }).segment(text);
  return Array.from(words, ({ segment }) => segment);
}

/** What is wrong with a request is the caller's fault: a wrong signature, or a body that is no task. */
const answerError: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  const isForged = isCallbackError(error) && error.code === 'signature-invalid';
  const message = isCallbackError(error)
    ? `${error.in('zh')} ${error.in('en')}`
    : '正文不是有效的任务。 The body is no task.';
  res.status(isForged ? 401 : 400).json({ success: false, message });
};

function portInUse(port: number, cause: unknown): CallbackError {
  return new CallbackError('port-in-use', {
    text: {
      en: `Port ${port} is in use: stop the other program, or choose another with PORT=${port + 1}.`,
      zh: `端口 ${port} 已被占用：请停止占用它的程序，或用 PORT=${port + 1} 换一个端口。`,
    },
    cause,
  });
}

async function main(): Promise<void> {
  try {
    const { url } = await startReceiver();
    console.log(`示例接收端已启动 Example receiver listening: ${url}`);
  } catch (error) {
    if (!isCallbackError(error)) throw error;
    console.error(`${error.in('zh')}\n${error.in('en')}`);
    process.exitCode = 1;
  }
}

const [, script] = process.argv;
if (script && realpathSync(script) === fileURLToPath(import.meta.url)) await main();
