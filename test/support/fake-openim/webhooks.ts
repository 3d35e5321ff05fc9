import { Agent, request } from 'node:http';
import { goJson } from '../go-json.js';

/** What a server makes of an answer to a `before…` callback. */
export type HookResult =
  | { readonly kind: 'go-on'; readonly reply: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly errCode: number; readonly errMsg: string };

/** Calls webhooks as the server's Go client does. */
export interface FakeWebhooks {
  /** Waits for the answer, and takes it as servers from 3.7 on do. */
  before(command: string, body: object): Promise<HookResult>;
  /** Queues a call; two are under way at a time, and answers do not count. */
  after(command: string, body: object): void;
  /** Resolves when nothing is queued and nothing under way. */
  idle(): Promise<void>;
  /** How many calls of `after` were lost: no answer in time. */
  readonly lost: () => number;
  close(): void;
}

/** How webhooks are configured. */
export interface FakeWebhookOptions {
  /** `url` of webhooks.yml. */
  readonly url: string;
  /** Of a whole call, in ms. Default: 5,000. */
  readonly timeoutMs?: number;
  /** Servers before 3.5 name the command in the query. Default: false. */
  readonly isOld?: boolean;
}

const workers = 2;

/** Connections are kept, as in a real server. */
export function createWebhooks(options: FakeWebhookOptions): FakeWebhooks {
  const { url, timeoutMs = 5000, isOld = false } = options;
  const agent = new Agent({ keepAlive: true });
  const queue: (() => Promise<void>)[] = [];
  const state = { running: 0 };
  let lost = 0;

  const post = async (command: string, body: object): Promise<string> =>
    await new Promise((resolve, reject) => {
      const text = goJson({ callbackCommand: command, ...body });
      // The server joins texts: a slash at the end of the URL makes two.
      const address = isOld ? `${url}?command=${command}` : `${url}/${command}`;
      const call = request(address, {
        method: 'POST',
        agent,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'Content-Length': Buffer.byteLength(text),
          'User-Agent': 'Go-http-client/1.1',
          Operationid: `op-${command}-${Math.random()}`,
          'Accept-Encoding': 'gzip',
        },
      });
      call.on('error', reject);
      call.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        response.on('error', reject);
      });
      call.end(text);
    });
  const work = async () => {
    state.running += 1;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await next().catch(() => {
        lost += 1;
      });
    }
    state.running -= 1;
  };
  return {
    before: async (command, body) => {
      try {
        return judged(await post(command, body));
      } catch {
        return { kind: 'refused', errCode: 90_004, errMsg: 'NetworkError' };
      }
    },
    after: (command, body) => {
      queue.push(async () => void (await post(command, body)));
      if (state.running < workers) void work();
    },
    idle: async () => {
      while (state.running > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    lost: () => lost,
    close: () => agent.destroy(),
  };
}

/** The status never counts; Go's decoder insists on the types of the five fields. */
function judged(text: string): HookResult {
  const broken: HookResult = { kind: 'refused', errCode: 90_007, errMsg: 'DataError' };
  let reply: unknown;
  try {
    reply = JSON.parse(text);
  } catch {
    return broken;
  }
  if (reply === null) return { kind: 'go-on', reply: {} };
  if (typeof reply !== 'object' || Array.isArray(reply)) return broken;
  const fields = reply as Readonly<Record<string, unknown>>;
  const numbers = ['actionCode', 'errCode', 'nextCode'].map((name) => fields[name] ?? 0);
  const texts = ['errMsg', 'errDlt'].map((name) => fields[name] ?? '');
  if (!numbers.every(Number.isInteger) || !texts.every((one) => typeof one === 'string'))
    return broken;
  if (numbers[0] === 0 && numbers[2] === 1) {
    return { kind: 'refused', errCode: Number(numbers[1]), errMsg: String(texts[0]) };
  }
  return { kind: 'go-on', reply: fields };
}
