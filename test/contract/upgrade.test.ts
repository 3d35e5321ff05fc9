import { describe, expect, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { runProgram } from '../../src/cli/program/run-program.js';
import { stateWords } from '../../src/cli/report/state-words.js';
import type { BotEvent } from '../../src/core/event.js';
import type { Journal } from '../../src/core/journal.js';
import type { TaskRecord, TaskState } from '../../src/core/task.js';
import { createTask } from '../../src/delivery/create-task.js';
import { askBudgets } from '../../src/runtime/budgets.js';
import { type LoadedRules, loadRules } from '../../src/runtime/load-rules.js';
import { captureIo } from '../support/captured-io.js';
import { type Content, type KeptTask, readContent } from '../support/journals/content.js';
import { journalVersions, ways } from '../support/journals/folder.js';
import {
  type LeftJournal,
  leftFile,
  leftSchema,
  type OpenedLeft,
} from '../support/journals/left-journal.js';
import { manualClock } from '../support/manual-clock.js';
import { hasPostgres } from '../support/postgres.js';
import { startDelivery } from '../support/running-delivery.js';
import { settableClock } from '../support/settable-clock.js';

/** Long enough for the leases of a program that is gone to end, in ms. */
const laterMs = 30_000;

/** How the journal of a version is brought to a place of its own. */
type Leave = (version: string) => LeftJournal | Promise<LeftJournal>;

const idsOf = (tasks: readonly KeptTask[]) => tasks.map(({ record }) => record.task.id);

/** With today's code. */
function rulesOf({ folder, store }: LeftJournal, receiver = 'http://127.0.0.1:4000') {
  return loadRules(undefined, { cwd: folder, env: { JOURNAL: store, RECEIVER: receiver } });
}

async function allTasks(journal: Journal): Promise<readonly TaskRecord[]> {
  return (await journal.find({ limit: 1000 })).toReversed();
}

/** What is found when a journal is opened: in a file nobody runs a task any more. */
function foundIn({ keepsLeases }: LeftJournal, { tasks }: Content): readonly TaskRecord[] {
  return tasks.map(({ record }) =>
    record.state === 'running' && !keepsLeases ? { ...record, state: 'waiting' } : record,
  );
}

/** Hears an event as if it came now: what is kept of it, or what silences it. */
async function hear(event: BotEvent, { ruleSet }: LoadedRules, { journal, store }: OpenedLeft) {
  const [match] = ruleSet.decide(event).matches;
  if (match === undefined) throw new Error(`No rule wants ${event.id}.`);
  const verdict = await askBudgets(store, match.rule, event);
  if (verdict.kind === 'silenced') return verdict.by;
  const [accepted] = await journal.accept([createTask(event, match)]);
  return accepted;
}

/** Delivers as a program does that is started some seconds after the journal was left. */
async function deliver(left: LeftJournal, leftAt: number) {
  const clock = settableClock();
  clock.set(leftAt + laterMs - clock.now());
  const { journal, store } = await left.open(clock);
  const rulesFor = async (receiver: string) => (await rulesOf(left, receiver)).config.rules;
  const delivery = await startDelivery({ journal, clock, rulesFor });
  onTestFinished(async () => {
    await delivery.stop();
    await store.close();
  });
  const called = () => delivery.receiver.calls.map(({ headers }) => String(headers['webhook-id']));
  return { ...delivery, called };
}

/** What is said for a task, as a speaker notes it. */
function wordsOf({ next, record: { task, response, said } }: KeptTask): readonly string[] {
  const { conversation, rule } = task;
  if (next === 'stays' || conversation === undefined || rule === silentRule) return [];
  const replies = next === 'said' ? response?.replies.slice(said) : [{ text: 'ok' }];
  return (replies ?? []).map((reply) => `${conversation.id}: ${'text' in reply && reply.text}`);
}

/** The rule of the fixtures that says nothing. */
const silentRule = '记一笔';

async function json(left: LeftJournal, ...args: readonly string[]): Promise<unknown> {
  const io = captureIo(left.folder, { env: { JOURNAL: left.store } });
  await runProgram([...args, '--json'], io);
  return JSON.parse(io.out());
}

function opens(version: string, leave: Leave): void {
  const content = readContent(version);
  const { leftAt, tasks } = content;

  test('has the tasks and tables of today, however often it is opened', async () => {
    const left = await leave(version);
    const expected = foundIn(left, content);
    const first = await left.open(manualClock(leftAt));
    expect(await allTasks(first.journal)).toEqual(expected);
    await first.shared?.get('');
    await first.close();
    const second = await left.open(manualClock(leftAt));
    const rules = await rulesOf(left);
    // First: what comes again would begin periods anew.
    for (const { by, event } of content.silenced) expect(await hear(event, rules, second)).toBe(by);
    expect(await allTasks(second.journal)).toEqual(expected);
    for (const { event, tasks: ids } of content.heard) {
      const outcome = await hear(event, rules, second);
      expect(outcome).toEqual(ids.length === 0 ? 'limit' : { id: ids[0], kind: 'known' });
    }
    await second.close();
    expect(await left.shape()).toEqual(await left.freshShape());
  });

  test('is carried on where it was left and no further, and failed tasks can run again', async () => {
    const delivery = await deliver(await leave(version), leftAt);
    const { journal, speaker, called } = delivery;
    const open = tasks.filter(({ next }) => next !== 'stays');
    const ended = await Promise.all(open.map(({ record }) => delivery.settled(record.task)));
    expect([...new Set(ended.map(({ state }) => state))]).toEqual(['answered']);
    const toCall = open.filter(({ next }) => next === 'called');
    expect(called().toSorted()).toEqual(idsOf(toCall).toSorted());
    expect(speaker.words.toSorted()).toEqual(tasks.flatMap(wordsOf).toSorted());
    for (const lane of new Set(toCall.map(({ record }) => record.task.lane))) {
      const inLane = idsOf(toCall.filter(({ record }) => record.task.lane === lane));
      expect(called().filter((id) => inLane.includes(id))).toEqual(inLane);
    }
    const stays = tasks.filter(({ next }) => next === 'stays').map(({ record }) => record);
    const others = (record: TaskRecord) => stays.some(({ task }) => task.id === record.task.id);
    expect((await allTasks(journal)).filter(others)).toEqual(stays);

    const dead = stays.filter(({ state }) => state === 'dead').map(({ task }) => task);
    expect(await journal.replay(dead.map(({ id }) => id))).toBe(dead.length);
    const again = await Promise.all(dead.map((task) => delivery.settled(task)));
    expect(again.map(({ state }) => state)).toEqual(dead.map(() => 'answered'));
    const calledAgain = called().slice(toCall.length).toSorted();
    expect(calledAgain).toEqual(dead.map(({ id }) => id).toSorted());
  });
}

function serves(version: string, leave: Leave): void {
  const { tasks } = readContent(version);

  test('is listed and counted by the command line', async () => {
    const left = await leave(version);
    const { tasks: listed } = (await json(left, 'tasks', '--limit', '1000')) as {
      tasks: readonly { id: string }[];
    };
    expect(listed.map(({ id }) => id).toReversed()).toEqual(idsOf(tasks));
    const inState = (...states: readonly TaskState[]) =>
      tasks.filter(({ record }) => states.includes(record.state)).length;
    const counts: Record<TaskState, number> = {
      waiting: inState('waiting', 'running'),
      // No lease is left by now.
      running: 0,
      answered: inState('answered'),
      refused: inState('refused'),
      dead: inState('dead'),
      dropped: inState('dropped'),
      unknown: inState('unknown'),
    };
    expect(await json(left, 'stats')).toMatchObject({ exitCode: 0, counts });
  });

  test('is refused when a later version has written it, and says what to do', async () => {
    const left = await leave(version);
    await left.makeNewer();
    const text = {
      en: expect.stringMatching(/newer version of wechaty-callback.* Update the package/u),
      zh: expect.stringMatching(/更新版本的 wechaty-callback .*升级本/u),
    };
    const reading = async () => (await left.open(manualClock())).journal.stats();
    await expect(reading()).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:journal|postgres)-too-new$/u),
      text,
    });
  });
}

describe.each(journalVersions())('of %s', (version) => {
  describe.each(ways)('a file that was %s', (left) => {
    opens(version, () => leftFile(version, left));
  });
  describe('a file', () => {
    serves(version, () => leftFile(version, 'closed'));
  });
  describe.runIf(hasPostgres)('a schema', () => {
    opens(version, leftSchema);
    serves(version, leftSchema);
  });
});

/** The task of a lane that is to be settled first. */
function headOf(lane: string, all: readonly KeptTask[]) {
  const head = all.find(
    ({ record }) => record.task.lane === lane && record.settledAt === undefined,
  );
  return head?.record.task;
}

describe('what is kept of a version', () => {
  /** What every folder must show, so that it is known that nothing of it gets lost. */
  const shown: Readonly<Record<string, (one: KeptTask, all: readonly KeptTask[]) => boolean>> = {
    'waits behind another': ({ record }, all) =>
      record.state === 'waiting' && headOf(record.task.lane, all)?.id !== record.task.id,
    'is due later': ({ next, record }) => next === 'stays' && record.state === 'waiting',
    'runs, and was called before': ({ record: { state, attempts } }) =>
      state === 'running' && attempts.some(({ status }) => status === 500),
    'runs, and its answer grows': ({ record: { state, response } }) =>
      state === 'running' && response?.growing === true,
    'is answered, and nothing is said': ({ next, record }) => next === 'said' && record.said === 0,
    'is answered, and said in part': ({ next, record }) => next === 'said' && record.said > 0,
    'is answered, and said': ({ record: { state, said } }) => state === 'answered' && said > 1,
    'was answered after other calls': ({ record: { state, attempts } }) =>
      state === 'answered' && attempts.length > 2,
    'is over, and its text deleted': ({ record: { state, task } }) =>
      state === 'answered' && task.request.question === '',
    'belongs to no conversation': ({ record: { task } }) => task.conversation === undefined,
    'was called without an answer': ({ record: { attempts } }) =>
      attempts.some(({ status, reason }) => status === undefined && reason !== undefined),
    'has text that no database takes as it is': ({ record: { task } }) =>
      /\0.*\p{Extended_Pictographic}.*\p{Surrogate}/u.test(task.request.question),
  };
  test.each(journalVersions())('%s shows everything that can be under way', (version) => {
    const { tasks } = readContent(version);
    const missing = Object.entries(shown).filter(([, is]) => !tasks.some((one) => is(one, tasks)));
    expect(missing.map(([what]) => what)).toEqual([]);
    const reasons = tasks.flatMap(({ record }) => (record.state === 'dead' ? [record.reason] : []));
    expect(new Set(reasons).size).toBeGreaterThan(4);
  });

  test('shows every state in its newest folder, which is that of the present version', () => {
    const newest = journalVersions().at(-1) ?? 'none';
    const command = `npx tsx test/support/write-journals.ts ${manifest.version}`;
    expect(newest, `Add the journals of this version: ${command}`).toBe(manifest.version);
    const states = readContent(newest).tasks.map(({ record }) => record.state);
    // States that have come since then are in the folder of the version that brings them.
    const added: Readonly<Record<string, readonly string[]>> = { '0.1.0': ['unknown'] };
    const known = Object.keys(stateWords).filter((state) => !added[newest]?.includes(state));
    expect([...new Set(states)].toSorted()).toEqual(known.toSorted());
  });
});
