/**
 * One journal in PostgreSQL: how soon a message is kept, and how many tasks a second go their whole
 * way, with 1, 2 and 4 programs. Needs the programs of a PostgreSQL server, or the address of one in
 * WECHATY_CALLBACK_TEST_POSTGRES.
 * Run: npm run bench
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startServer } from '../test/support/postgres/server.js';
import type { PostgresFigures, PostgresLoad } from './support/postgres-child.js';
import { median, quantile, show } from './support/statistics.js';

const rounds = 3;
const forMs = 5000;
const child = new URL('./support/postgres-child.js', import.meta.url);

const given = process.env['WECHATY_CALLBACK_TEST_POSTGRES'];
const server = given === undefined ? await startServer({ fsync: true }) : undefined;
const address = new URL(given ?? server?.url ?? '');
let runs = 0;

/** So many programs do the same at the same time, on tables of their own. */
async function together(
  programs: number,
  load: Omit<PostgresLoad, 'url' | 'forMs'>,
): Promise<PostgresFigures> {
  runs += 1;
  address.searchParams.set('schema', `bench_${process.pid}_${runs}`);
  const all = await Promise.all(
    Array.from({ length: programs }, async () => {
      const program = fork(child);
      program.send({ url: address.href, forMs, ...load } satisfies PostgresLoad);
      const [figures] = (await once(program, 'message')) as [PostgresFigures];
      return figures;
    }),
  );
  return {
    acceptMs: all.flatMap(({ acceptMs }) => acceptMs),
    settled: all.reduce((sum, { settled }) => sum + settled, 0),
    seconds: Math.max(...all.map(({ seconds }) => seconds)),
  };
}

async function repeated(programs: number, load: Omit<PostgresLoad, 'url' | 'forMs'>) {
  const all: PostgresFigures[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await together(programs, load));
  const of = (figure: (one: PostgresFigures) => number) => median(all.map(figure));
  return {
    p50: of(({ acceptMs }) => median(acceptMs)),
    p99: of(({ acceptMs }) => quantile(acceptMs, 0.99)),
    kept: of(({ acceptMs, seconds }) => acceptMs.length / seconds),
    settled: of(({ settled, seconds }) => settled / seconds),
  };
}

try {
  for (const programs of [1, 2, 4]) {
    const calm = { callers: 1, pauseMs: 10, runs: true };
    const quiet = await repeated(programs, calm);
    const accepting = await repeated(programs, { callers: 64, pauseMs: 0, runs: false });
    const whole = await repeated(programs, { callers: 32, pauseMs: 2, runs: true });
    console.log(`${programs} programs:`);
    console.log(
      `  a message now and then is kept in p50 ${show(quiet.p50, 2)} ms, p99 ${show(quiet.p99, 2)} ms`,
    );
    console.log(
      `  64 callers each: ${show(accepting.kept)} tasks/s kept, p50 ${show(accepting.p50, 1)} ms, p99 ${show(accepting.p99, 1)} ms`,
    );
    console.log(
      `  whole way: ${show(whole.settled)} tasks/s settled of ${show(whole.kept)} kept, kept in p50 ${show(whole.p50, 1)} ms, p99 ${show(whole.p99, 1)} ms`,
    );
  }
} finally {
  server?.remove();
}
