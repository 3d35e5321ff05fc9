import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sharedTokenStore } from '../../../src/adapters/shared/client/shared-tokens.js';
import { onceForAll } from '../../../src/adapters/shared/once-for-all.js';
import { PuppetSharing } from '../../../src/adapters/shared/sharing.js';
import { newAnswer } from '../../../src/adapters/wecom-bot/answer/new-answer.js';
import { SharedAnswers } from '../../../src/adapters/wecom-bot/answer/shared-answers.js';
import { createSentCards } from '../../../src/adapters/wecom-bot/card/sent-cards.js';
import { createLoginLimit } from '../../../src/console/access/login-limit.js';
import { createSessions } from '../../../src/console/access/sessions.js';
import { tellInstance } from '../../../src/core/instances.js';
import { type SharedState, sharedKey } from '../../../src/core/shared-state.js';
import { createMemoryStreamStore } from '../../../src/core/stream-store.js';
import type { TaskRecord } from '../../../src/core/task.js';
import { openPostgres } from '../../../src/journal/open-postgres.js';
import { openPostgresSharedState } from '../../../src/journal/postgres/shared-state.js';
import { plannerSettings } from '../../../src/journal/postgres/tables.js';
import type { Database } from '../../../src/postgres/database.js';
import { openDatabase } from '../../../src/postgres/open-database.js';
import type { ManualClock } from '../manual-clock.js';
import { findPrograms, startServer } from '../postgres/server.js';
import type { Bench } from './bench.js';
import type { KeptShared } from './content.js';
import { dumpFile, dumpSchema } from './folder.js';
import { retention, tellOpen, tellSettled } from './story.js';
import { card } from './write-files.js';

/** Dumps of later servers hold settings that this one does not know. */
const dumpVersion = 15;

/** What is found in the dump. */
interface Written {
  readonly tasks: readonly TaskRecord[];
  readonly shared: KeptShared;
}

/**
 * Tells the story to a journal in PostgreSQL, and writes what the program shares with others there.
 *
 * @throws Error when PostgreSQL 15 is not installed
 */
export async function writePostgres(
  folder: string,
  version: string,
  bench: Bench,
): Promise<Written> {
  const programs = findPrograms();
  if (!programs?.folder.includes(`/${dumpVersion}/`)) {
    throw new Error(`PostgreSQL ${dumpVersion} is needed: later ones write dumps it cannot read.`);
  }
  const server = await startServer();
  try {
    const database = await openDatabase(server.url, { settings: plannerSettings });
    const records = await openDatabase(server.url, { connections: 2 });
    const state = openPostgresSharedState(records, 'c0ffee00cafe');
    const { clock } = bench;
    const home = openPostgres(database, {
      clock,
      now: () => clock.now(),
      owner: 'bot-1/4711',
      retention,
    });
    bench.open(home);
    await tellSettled(bench);
    await tellOpen(bench);
    const tasks = await bench.journal.find({ limit: 1000 });
    const shared = await writeShared(state, version, clock);
    await endInstance(records);
    const dump = pgDump(join(programs.folder, 'pg_dump'), server.url);
    writeFileSync(join(folder, dumpFile), withLives(dump, Date.now()));
    await Promise.all([home.journal.close(), home.store.close(), state.close()]);
    return { tasks, shared };
  } finally {
    server.remove();
  }
}

/** Everything that instances share, each by the code that shares it. */
async function writeShared(
  state: SharedState,
  version: string,
  clock: ManualClock,
): Promise<KeptShared> {
  const notes = { place: 'bot-1/4711', rules: '3f2a9c5d7e10', startedAt: clock.now() };
  await tellInstance(state, { ...notes, version, state: 'running' });
  const sharing = new PuppetSharing();
  sharing.expect(() => true);
  sharing.share(state);
  const delivery = { id: 'delivery-1', result: 'kept' };
  const once = onceForAll<string>({ sharing, name: 'wecom' }, 600_000);
  await once(delivery.id, () => Promise.resolve(delivery.result));
  // Told behind the work, and waited for by nobody.
  const deliveryKey = sharedKey('delivery', 'wecom', delivery.id);
  while ((await state.get(deliveryKey))?.value === 'null') await pause(5);
  const token = { app: 'corp/1000002', value: 'invented-access-token' };
  const obtainedAt = clock.now();
  await sharedTokenStore({ sharing, platform: 'wecom', clock }).write(token.app, {
    value: token.value,
    obtainedAt,
    expiresAt: obtainedAt + 7_200_000,
  });
  const { token: session } = await createSessions(state, clock).begin();
  const guesser = '203.0.113.7';
  const limit = createLoginLimit(state, clock);
  for (let tries = 0; tries < 7; tries += 1) await limit.take(guesser);
  const ended = 'ended';
  await state.put(ended, '"昨天"', 1);
  const answer = await writeAnswer(state, clock);
  return { instance: state.instance, answer, delivery, session, guesser, token, ended };
}

async function writeAnswer(state: SharedState, clock: ManualClock): Promise<KeptShared['answer']> {
  const text = { task: 'T4', eventId: 'shared-1', conversationId: 'ke', text: '山里有座庙 🛕' };
  const { eventId, conversationId } = text;
  const conversation = { kind: 'contact', id: conversationId } as const;
  const id = `${state.instance}-0b8e2f64-7d3a-4c55-9a11-2f1d3c4b5a69`;
  const answer = newAnswer({ id: eventId, userId: conversationId, conversation }, 'message', {
    id,
    askedAt: clock.now(),
    tasks: [text.task],
    isStreamed: true,
    parts: [{ kind: 'text', key: `${text.task}/0`, text: text.text, isGrowing: true, shown: 4 }],
  });
  await new SharedAnswers(state, 'wecomBot', clock).publish(answer);
  const cards = createSentCards(createMemoryStreamStore(), clock);
  cards.share(state, 'wecomBot');
  await cards.keep(card, eventId);
  return { ...text, id, card: card.task_id };
}

/** Nothing was heard of the instance for a minute. */
async function endInstance(records: Database): Promise<void> {
  await records.query(
    "UPDATE shared_state SET until = now() - interval '1 min' WHERE key LIKE 'alive/%'",
  );
}

function pgDump(program: string, url: string): string {
  const what = [`--schema=${dumpSchema}`, '--no-owner', '--no-privileges', '--column-inserts'];
  const dump = execFileSync(program, [...what, `--dbname=${url}`], { encoding: 'utf8' });
  // Commands of psql, and the server that happened to be there.
  return dump
    .replaceAll(/^\\(?:un)?restrict .*\n/gmu, '')
    .replaceAll(/^-- Dumped .*\n/gmu, '')
    .replaceAll(/\n{3,}/gu, '\n\n');
}

/**
 * Shared records end by the server's clock. In the dump they end so long after it is restored as they
 * would have after it was made.
 */
function withLives(dump: string, dumpedAt: number): string {
  return dump.replaceAll(
    /^(INSERT INTO \S+\.shared_state .*, )'(\d{4}-[^']*)'\);$/gmu,
    (_all, before: string, until: string) => {
      const lifeMs = Date.parse(until) - dumpedAt;
      return `${before}now() + interval '${Math.round(lifeMs / 1000)} s');`;
    },
  );
}
