import { Hono } from 'hono';

/** An answer that is there already: it costs little more than being sent. */
export interface ReadyAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How an answer is remembered. */
export interface BusyOptions {
  /** For how long it is given again, in ms. Default: 250. */
  readonly forMs?: number;
  /** How many of those who ask within that time are answered anew. Default: 10. */
  readonly anew?: number;
  /** Default: the machine's monotonic clock, in ms. */
  readonly now?: () => number;
}

/** A part whose answer is remembered. */
export interface BusyAnswer {
  /** Answers as the part does. */
  readonly app: Hono;
  /** The answer of a moment ago, for one of very many who ask; `undefined`: it is asked for anew. */
  readonly ready: () => ReadyAnswer | undefined;
}

/**
 * Remembers what a part answers to `GET /`, so that hundreds of connections that ask for it in a loop
 * leave the processor to webhooks. Whoever asks now and then gets an answer of the moment.
 */
export function busyAnswer(part: Hono, options: BusyOptions = {}): BusyAnswer {
  const { forMs = 250, anew = 10, now = () => performance.now() } = options;
  let last: ReadyAnswer | undefined;
  let answeredAt = 0;
  let since = -Infinity;
  let asked = 0;
  const app = new Hono();
  app.get('/', async () => {
    const { status, headers, text } = await answerOf(part);
    last = { status, headers, body: text };
    answeredAt = now();
    return new Response(text === '' ? null : text, { status, headers });
  });
  return {
    app,
    ready: () => {
      const at = now();
      if (at - since >= forMs) [since, asked] = [at, 0];
      asked += 1;
      return asked > anew && at - answeredAt < forMs ? last : undefined;
    },
  };
}

async function answerOf(part: Hono) {
  const response = await part.request('/');
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), text };
}
