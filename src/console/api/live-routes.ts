import type { SSEStreamingApi } from 'hono/streaming';
import { streamSSE } from 'hono/streaming';
import type { Clock } from '../../core/clock.js';
import type { FeedItem } from '../observe/feed.js';
import { type ConsoleContext, createPart, type Part } from './console-context.js';
import { type LiveItem, liveQuery } from './contract.js';
import { consoleError, parsed } from './failures.js';

/** Streams at the same time: some windows of some operators. */
const maxStreams = 30;
/** Waiting for a slow browser; more is told as a gap. */
const maxQueue = 500;
/** A proxy closes what is silent for a minute. */
const pingEveryMs = 15_000;

/** `GET /live`: what happens, as it happens. */
export function liveRoutes(parts: ConsoleContext): Part {
  const { closing, observer } = parts;
  const app = createPart();
  let streams = 0;
  app.get('/live', (context) => {
    const { kinds, after } = parsed(liveQuery, context.req.query());
    if (streams >= maxStreams) throw tooMany();
    const wanted = kinds === undefined ? undefined : new Set(kinds.split(','));
    const known = Number(context.req.header('last-event-id') ?? after ?? observer.feed.last);
    const resume = Number.isFinite(known) ? known : 0;
    const { session, token } = context.var;
    const signal = AbortSignal.any([closing, session.signal]);
    // Proxies that gather answers would hold everything back.
    context.header('x-accel-buffering', 'no');
    streams += 1;
    return streamSSE(context, async (stream) => {
      try {
        const holds = seldom(() => parts.access.sessions.holds(token), parts.clock);
        await follow(stream, parts, { resume, wanted, signal, holds });
      } finally {
        streams -= 1;
      }
    });
  });
  return app;
}

interface Following {
  /** The id of the last item that is known. */
  readonly resume: number;
  readonly wanted: ReadonlySet<string> | undefined;
  readonly signal: AbortSignal;
  /** False once the session has run out, which nobody may have noticed yet. */
  readonly holds: () => Promise<boolean>;
}

async function follow(
  stream: SSEStreamingApi,
  { observer: { feed }, rules, clock }: ConsoleContext,
  { resume, wanted, signal, holds }: Following,
): Promise<void> {
  const queue: FeedItem[] = [];
  let missed = 0;
  let wake = asleep;
  const take = (item: FeedItem) => {
    if (wanted !== undefined && !wanted.has(item.item.kind)) return;
    queue.push(item);
    if (queue.length > maxQueue) {
      queue.shift();
      missed += 1;
    }
    wake();
  };
  const former = feed.after(resume);
  missed = resume > 0 ? former.missed : 0;
  for (const item of former.items) take(item);
  const stop = feed.follow(take);
  const start = former.items.length > 0 ? resume : feed.last;
  const end = () => wake();
  const isOpen = async () =>
    !signal.aborted && !stream.aborted && !stream.closed && (await holds());
  signal.addEventListener('abort', end);
  stream.onAbort(end);
  try {
    // At once, so that the browser knows that the stream is open, and from where to resume it even if
    // nothing happens before it breaks.
    await stream.write(`: ping\nid: ${start}\n\n`);
    while (await isOpen()) {
      if (missed > 0) {
        await send(stream, { kind: 'gap', missed });
        missed = 0;
      }
      const next = queue.shift();
      const oldest = clock.now() - rules.config().journal.retention.textMs;
      if (next !== undefined) await send(stream, withoutOldText(next, oldest), next.id);
      else if (!(await woken((on) => (wake = on)))) await stream.write(': ping\n\n');
    }
  } finally {
    stop();
    signal.removeEventListener('abort', end);
  }
}

/** Asks at most once in the time between two pings: other instances may have to be asked. */
function seldom(ask: () => Promise<boolean>, clock: Pick<Clock, 'monotonic'>) {
  let askedAt = clock.monotonic();
  return async (): Promise<boolean> => {
    const now = clock.monotonic();
    if (now - askedAt < pingEveryMs) return true;
    askedAt = now;
    return await ask();
  };
}

const asleep = () => {};

/** True when there is something to do, false after a while of silence. */
function woken(listen: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), pingEveryMs);
    listen(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

async function send(
  stream: SSEStreamingApi,
  { kind, ...data }: LiveItem,
  id?: number,
): Promise<void> {
  await stream.writeSSE({
    event: kind,
    data: JSON.stringify(data),
    ...(id !== undefined && { id: String(id) }),
  });
}

/** The text of a message is shown no longer than it is kept. */
function withoutOldText({ at, item }: FeedItem, oldest: number): LiveItem {
  if (item.kind !== 'event' || at > oldest || item.event.text === undefined) return item;
  const { text: _text, ...event } = item.event;
  return { ...item, event: { ...event, hidden: true } };
}

function tooMany(): Error {
  return consoleError('unavailable', {
    en: 'Too many windows are open on this console.',
    zh: '打开的控制台窗口过多。',
  });
}
