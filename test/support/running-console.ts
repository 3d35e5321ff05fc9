import { onTestFinished } from 'vitest';
import { WechatyBuilder } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import type { Endpoints, Failure } from '../../src/console/api/contract.js';
import { CallbackPlugin } from '../../src/index.js';
import { type MockBot, startMockBot } from './mock-bot.js';
import { notingPino, type PinoLine } from './noting-pino.js';
import { writeQuickPassword } from './quick-password.js';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.js';
import { waitUntil } from './wait-until.js';

/** The password of every console here. */
export const password = 'correct horse battery';

/** What was answered. */
export interface Answered<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

type Method = 'GET' | 'POST';
type EndpointOf<Key extends keyof Endpoints> = Endpoints[Key] extends { answer: infer Answer }
  ? Answer
  : never;

/** A browser with a cookie, as far as a test needs one. */
export interface ConsoleClient {
  cookie: string;
  /** Sends as the page would; `headers` replace its own, `undefined` leaves one away. */
  send(
    method: Method,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string | undefined>>,
  ): Promise<Answered>;
  /** The same for an endpoint of the contract; throws when it is refused. */
  call<Key extends keyof Endpoints>(
    key: Key,
    body?: unknown,
    path?: string,
  ): Promise<EndpointOf<Key>>;
  login(with_?: string): Promise<Answered>;
}

/** A bot with a console, on real files and real HTTP. */
export interface RunningConsole {
  readonly folder: TemporaryFolder;
  /** The file with the rules. */
  readonly file: string;
  readonly origin: string;
  readonly bot: MockBot;
  readonly lines: readonly PinoLine[];
  readonly client: ConsoleClient;
  close(): Promise<void>;
}

/** How it is started. */
export interface ConsoleStart {
  /** The whole file; the server's port should be 0. */
  readonly rules: string;
  /** Default: `.wechatyrc.yaml`. */
  readonly name?: string;
  /** Default: a password is there already. */
  readonly isFirstStart?: boolean;
  readonly folder?: TemporaryFolder;
  /** More bots of the same program. */
  readonly beside?: readonly Puppet[];
}

/** Starts a bot with a console and logs in. Everything is stopped when the test is over. */
export async function startConsole(start: ConsoleStart): Promise<RunningConsole> {
  const { rules, name = '.wechatyrc.yaml', isFirstStart = false, beside = [] } = start;
  const folder = start.folder ?? temporaryFolder();
  const file = folder.write(name, rules);
  if (!isFirstStart) await writeQuickPassword(folder.path, password);
  const { logger, lines } = notingPino('debug');
  const plugin = CallbackPlugin(file, { logger });
  const bot = await startMockBot((wechaty) => {
    wechaty.use(plugin);
  });
  const others = beside.map((puppet) => WechatyBuilder.build({ puppet }));
  for (const other of others) {
    other.use(plugin);
    await other.start();
  }
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await plugin.close({ graceMs: 500 });
    for (const each of [bot, ...others]) await each.stop();
  };
  onTestFinished(close);
  await plugin.ready;
  await waitUntil('the console listens', () => lines.some(({ msg }) => addressIn(msg) !== ''));
  const origin = lines.map(({ msg }) => addressIn(msg)).find((found) => found !== '') ?? '';
  const client = consoleClient(origin);
  if (!isFirstStart) await client.login();
  return { folder, file, origin, bot, lines, client, close };
}

function addressIn(line: string): string {
  return /(?:Listening on |正在监听 )(http:\/\/\S+) ?[（(]/u.exec(line)?.[1] ?? '';
}

/** A client of a console that runs at `origin`. */
export function consoleClient(origin: string): ConsoleClient {
  const client: ConsoleClient = {
    cookie: '',
    send: async (method, path, body, headers = {}) => {
      const sent: Record<string, string | undefined> = {
        'x-console': '1',
        'content-type': 'application/json',
        cookie: client.cookie,
        origin,
        ...headers,
      };
      const present = Object.entries(sent).filter(([, value]) => value !== undefined);
      const response = await fetch(`${origin}/console/api${path}`, {
        method,
        headers: Object.fromEntries(present) as Record<string, string>,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const cookie = response.headers.get('set-cookie');
      if (cookie !== null) client.cookie = cookie.split(';', 1)[0] ?? '';
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
    },
    call: async (key, body, path) => {
      const [method = 'GET', template = ''] = key.split(' ');
      const answer = await client.send(method as Method, path ?? template, body);
      if (answer.status !== 200) {
        throw new Error(`${key}: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      return answer.body as never;
    },
    login: async (with_ = password) => await client.send('POST', '/login', { password: with_ }),
  };
  return client;
}

/** The code of a failure. */
export function codeOf({ body }: Answered): string {
  return (body as Failure).error.code;
}
