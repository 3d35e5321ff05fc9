import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** What came of one call. */
export interface PushOutcome {
  readonly url: string;
  /** `0` when the call failed. */
  readonly status: number;
  readonly body: string;
  /** How often the request was sent. */
  readonly sent: number;
}

/** How the client is used. */
export interface OkHttpOptions {
  /** How long a body dawdles behind its head, in ms; by the call's number. Default: not at all. */
  readonly dawdle?: (index: number) => number;
}

/** Calls at a time to one host name, ports not considered. */
const maxPerHost = 5;
/** Connections that break are replaced so often. */
const maxReplays = 6;

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An HTTP client with OkHttp 4.12's habits, as they were measured. */
export class OkHttp {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #dawdle: (index: number) => number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #index = 0;
  /** The most calls that were under way at once. */
  peak = 0;

  constructor({ dawdle = () => 0 }: OkHttpOptions = {}) {
    this.#dawdle = dawdle;
  }

  /** Posts JSON; resolves with what came of it, and never rejects. */
  async post(url: string, body: string): Promise<PushOutcome> {
    await this.#enter();
    const pause = this.#dawdle(this.#index);
    this.#index += 1;
    try {
      return await this.#follow(url, body, pause);
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #enter(): Promise<void> {
    if (this.#running >= maxPerHost) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#running += 1;
    this.peak = Math.max(this.peak, this.#running);
  }

  async #follow(first: string, body: string, pause: number): Promise<PushOutcome> {
    let sent = 0;
    let call: Call = { method: 'POST', url: first };
    let hasRepeated = false;
    for (;;) {
      try {
        sent += 1;
        const answer = await this.#exchange(call, body, pause);
        const next = hasRepeated ? undefined : repeated(call, answer);
        if (next) hasRepeated = true;
        const onward = next ?? redirected(call, answer);
        if (!onward) return { url: call.url, status: answer.status, body: answer.body, sent };
        call = onward;
      } catch (error) {
        const isStale = (error as { isReused?: boolean }).isReused === true;
        if (!isStale || sent >= maxReplays) return { url: call.url, status: 0, body: '', sent };
      }
    }
  }

  #exchange({ method, url }: Call, body: string, pause: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const bytes = Buffer.from(body);
      const headers =
        method === 'POST'
          ? {
              'Content-Type': 'application/json; charset=utf-8',
              'Content-Length': bytes.length,
            }
          : {};
      const call = request(
        url,
        {
          method,
          agent: this.#agent,
          timeout: 10_000,
          headers: { ...headers, 'Accept-Encoding': 'gzip', 'User-Agent': 'okhttp/4.12.0' },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const { statusCode: status = 0, headers: answered } = response;
            resolve({ status, headers: answered, body: Buffer.concat(chunks).toString('utf8') });
          });
        },
      );
      call.on('error', (error) => {
        reject(Object.assign(error, { isReused: call.reusedSocket }));
      });
      call.on('timeout', () => call.destroy(new Error('timeout')));
      const end = () => call.end(method === 'POST' ? bytes : undefined);
      if (pause > 0) {
        call.flushHeaders();
        void delay(pause).then(end);
      } else end();
    });
  }
}

interface Call {
  readonly method: string;
  readonly url: string;
}

function repeated(call: Call, { status, headers }: Answer): Call | undefined {
  return status === 408 || (status === 503 && headers['retry-after'] === '0') ? call : undefined;
}

/** 301 to 303 become a GET without the body. */
function redirected({ method, url }: Call, { status, headers }: Answer): Call | undefined {
  const { location } = headers;
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  return { method: status < 304 ? 'GET' : method, url: new URL(location, url).href };
}
