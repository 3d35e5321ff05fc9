/** One of several programs on one journal in PostgreSQL, as a process of its own; see `postgres.ts`. */
import { randomUUID } from 'node:crypto';
import type { Claim, Journal } from '../../src/core/journal.js';
import type { Task } from '../../src/core/task.js';
import { openPostgres } from '../../src/journal/open-postgres.js';
import { plannerSettings } from '../../src/journal/postgres/tables.js';
import { openDatabase } from '../../src/postgres/open-database.js';

/** What a program is told to do. */
export interface PostgresLoad {
  readonly url: string;
  readonly forMs: number;
  /** Tasks that are accepted at the same time; the next one when the former is kept. */
  readonly callers: number;
  /** Whether tasks are run as well, each with its response kept and its end. */
  readonly runs: boolean;
  readonly pauseMs: number;
}

/** What came of it. */
export interface PostgresFigures {
  readonly acceptMs: readonly number[];
  readonly settled: number;
  readonly seconds: number;
}

const bot = 'wxid_bot';
const response = { replies: [{ type: 'text', text: '好的，已订阅。' }] } as const;
const lanes = 1000;

function taskOf(n: number): Task {
  const talker = `talker-${Math.floor(Math.random() * lanes)}`;
  return {
    id: `${randomUUID()}-${n}`,
    botId: bot,
    lane: `sender:${bot}:room-1:${talker}`,
    rule: 'subscribe',
    event: 'message',
    eventId: `event-${n}`,
    conversation: { kind: 'room', id: 'room-1' },
    request: { question: '订阅 周报，谢谢', userId: talker, isSelf: false },
    arrivedAt: Date.now(),
  };
}

async function load(options: PostgresLoad): Promise<PostgresFigures> {
  const database = await openDatabase(options.url, { settings: plannerSettings });
  const { journal, store } = openPostgres(database);
  // Connections and tables are there before the clock runs.
  await journal.stats();
  const [start, acceptMs] = [performance.now(), [] as number[]];
  const end = start + options.forMs;
  const callers = Array.from({ length: options.callers }, () =>
    acceptUntil(end, { journal, acceptMs, pauseMs: options.pauseMs }),
  );
  const running = options.runs ? runUntil(end, journal) : Promise.resolve(0);
  await Promise.all(callers);
  const settled = await running;
  const seconds = (performance.now() - start) / 1000;
  await Promise.all([journal.close(), store.close()]);
  return { acceptMs, settled, seconds };
}

async function acceptUntil(
  end: number,
  { journal, acceptMs, pauseMs }: { journal: Journal; acceptMs: number[]; pauseMs: number },
): Promise<void> {
  for (let n = 0; performance.now() < end; n += 1) {
    const start = performance.now();
    await journal.accept([taskOf(n)]);
    acceptMs.push(performance.now() - start);
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** As the runner does: claims of 64, and whatever is claimed goes its own way. */
async function runUntil(end: number, journal: Journal): Promise<number> {
  const under = new Set<Promise<void>>();
  let settled = 0;
  const run = async (claim: Claim) => {
    const attempt = { startedAt: Date.now(), durationMs: 1, status: 200 };
    await journal.record(claim, { kind: 'response', response, attempt });
    await journal.settle(claim, 'answered', { said: 1 });
    settled += 1;
  };
  while (performance.now() < end) {
    const claims = under.size < 256 ? await journal.claim(64, [bot]) : [];
    for (const claim of claims) {
      const running: Promise<void> = run(claim).finally(() => under.delete(running));
      under.add(running);
    }
    if (claims.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(under);
  return settled;
}

process.once('message', (options: PostgresLoad) => {
  void load(options).then((figures) => process.send?.(figures, () => process.disconnect()));
});
