import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Claim, Fenced, Journal, Step } from '../../src/core/journal.js';
import type { AttemptRecord, Resolution, TaskEnd, TaskState } from '../../src/core/task.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { type CreateJournal, contractOptions, taskOf } from './journal/journal-bench.js';

const { leaseMs } = contractOptions;

/** For how long tasks hold a lane back: those of odd lanes until they are settled. */
function holdOf(lane: string): number {
  return Number(lane.at(-1)) % 2 === 1 ? Infinity : leaseMs / 2;
}

/** A task as the plainest thing that can be said of it. */
interface ModelTask {
  readonly id: string;
  /** Its own id once it was passed. */
  lane: string;
  /** The lane it came in. */
  readonly home: string;
  readonly botId: string;
  state: TaskState;
  dueAt: number;
  /** Kept past the end of the lease: a late holder may still finish. */
  token: string | undefined;
  leaseUntil: number;
  attempts: number;
  sayFailures: number;
  answered: boolean;
  said: number;
  unsureAt: number | undefined;
}

/** What the journal ought to hold: a list in the order of arrival, searched from end to end. */
interface Model {
  now: number;
  tasks: ModelTask[];
  /** Since when each lane is held up that is. */
  readonly heldUpSince: Map<string, number>;
  /** Every claim ever taken, so that former holders keep trying. */
  readonly claims: Claim[];
  /** Ids in the order of the first claim since acceptance or replay. */
  firstClaims: string[];
}

interface Real {
  readonly journal: Journal;
  readonly clock: ManualClock;
}

type Command = fc.AsyncCommand<Model, Real>;

const bots = ['wxid_bot', 'wxid_other'] as const;

/** Small sets, so that ids repeat, lanes fill up and bots stay away. */
const anyId = fc.integer({ min: 0, max: 24 });
const anyBots = fc.subarray([...bots], { minLength: 1 });
const anyIds = fc.array(
  anyId.map((n) => `${n}`),
  { minLength: 1, maxLength: 4 },
);
const anyEnd = fc.constantFrom<TaskEnd>('answered', 'refused', 'dead', 'dropped', 'unknown');
const anyStep = fc.constantFrom<Step['kind']>('response', 'said', 'waiting-said');
const attempt: AttemptRecord = { startedAt: 1, durationMs: 2, status: 200 };

function unsettled(task: ModelTask): boolean {
  return task.state === 'waiting' || task.state === 'running';
}

/** The unsettled tasks of each lane, in order. */
function queues(model: Model): ReadonlyMap<string, readonly ModelTask[]> {
  const lanes = new Map<string, ModelTask[]>();
  for (const task of model.tasks.filter(unsettled)) {
    lanes.set(task.lane, [...(lanes.get(task.lane) ?? []), task]);
  }
  return lanes;
}

/** Who may be claimed of a lane: its first task, or the second where the first is passed. */
function candidateOf(
  { now, heldUpSince }: Model,
  [first, second]: readonly ModelTask[],
): ModelTask | undefined {
  if (first?.state !== 'waiting') return undefined;
  if (first.dueAt <= now) return first;
  const passAt = (heldUpSince.get(first.lane) ?? Infinity) + holdOf(first.home);
  return passAt <= now ? second : undefined;
}

/** The tasks that may be claimed, at most one of each lane. */
function claimable(model: Model, present: readonly string[]): readonly ModelTask[] {
  return [...queues(model).values()]
    .flatMap((queue) => candidateOf(model, queue) ?? [])
    .filter(({ botId }) => present.includes(botId));
}

/** A task is claimed: the one before it, where there is one, goes on in a lane of its own. */
function pass(model: Model, task: ModelTask): void {
  const first = queues(model).get(task.lane)?.[0];
  if (!first || first === task) return;
  first.lane = first.id;
}

/** A hold-up ends with the last task of a lane, or with one that is answered. */
function endHoldUps(model: Model, answered?: string): void {
  if (answered !== undefined) model.heldUpSince.delete(answered);
  const open = queues(model);
  for (const lane of model.heldUpSince.keys()) {
    if (!open.has(lane)) model.heldUpSince.delete(lane);
  }
}

/** Leases that have ended by now. */
function lapse(model: Model): void {
  for (const task of model.tasks) {
    if (task.state === 'running' && task.leaseUntil <= model.now) {
      task.state = 'waiting';
      task.dueAt = task.leaseUntil;
    }
  }
}

function heldTask(model: Model, claim: Claim): ModelTask | undefined {
  return model.tasks.find(({ id, token }) => id === claim.task.id && token === claim.token);
}

/** A command that shows its arguments when it takes part in a counterexample. */
function command(label: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => label };
}

/** A command of the holder of one of the claims, old ones included. */
function holderCommand(
  label: string,
  pick: number,
  run: (
    claim: Claim,
    task: ModelTask | undefined,
    { model, real }: { readonly model: Model; readonly real: Real },
  ) => Promise<Fenced>,
): Command {
  return {
    check: ({ claims }) => claims.length > 0,
    run: async (model, real) => {
      // The later the claim, the likelier that it still holds.
      const claim = model.claims[model.claims.length - 1 - (pick % model.claims.length)] as Claim;
      const task = heldTask(model, claim);
      expect(await run(claim, task, { model, real })).toBe(task ? 'ok' : 'stale');
    },
    toString: () => `${label}, claim ${pick} from the end`,
  };
}

const accept = fc.tuple(anyId, fc.integer({ min: 0, max: 4 })).map(([n, lane]) =>
  command(`accept ${n} in lane ${lane}`, async (model, { journal }) => {
    const [id, botId] = [`${n}`, bots[lane % 2] ?? bots[0]];
    const holdMs = holdOf(`${lane}`);
    const task = taskOf(id, {
      lane: `lane-${lane}`,
      botId,
      arrivedAt: model.now,
      ...(holdMs < Infinity && { holdMs }),
    });
    const kind = model.tasks.some((each) => each.id === id) ? 'known' : 'new';
    expect(await journal.accept([task])).toEqual([{ id, kind }]);
    if (kind === 'known') return;
    model.tasks.push({
      id,
      botId,
      lane: task.lane,
      home: task.lane,
      state: 'waiting',
      dueAt: model.now,
      token: undefined,
      leaseUntil: 0,
      attempts: 0,
      sayFailures: 0,
      answered: false,
      said: 0,
      unsureAt: undefined,
    });
  }),
);

const claim = fc
  .tuple(fc.integer({ min: 1, max: 4 }), anyBots)
  .map(([n, present]) =>
    command(`claim ${n} of ${present.join()}`, (model, real) =>
      claimAndCheck(model, real, { n, present }),
    ),
  );

async function claimAndCheck(
  model: Model,
  { journal }: Real,
  { n, present }: { n: number; present: readonly string[] },
): Promise<void> {
  const heads = claimable(model, present);
  const claims = await journal.claim(n, present);
  expect(claims).toHaveLength(Math.min(n, heads.length));
  expect(new Set(claims.map((each) => each.task.lane)).size).toBe(claims.length);
  for (const each of claims) {
    const task = heads.find(({ id }) => id === each.task.id);
    expect(each).toMatchObject({
      task: { id: task?.id },
      attempts: task?.attempts,
      sayFailures: task?.sayFailures,
      leaseUntil: model.now + leaseMs,
      said: task?.said,
    });
    expect(each.unsureAt).toBe(task?.unsureAt);
    expect('response' in each).toBe(task?.answered);
    if (!task) continue;
    pass(model, task);
    Object.assign(task, { state: 'running', token: each.token, leaseUntil: each.leaseUntil });
    if (!model.firstClaims.includes(task.id)) model.firstClaims.push(task.id);
  }
  model.claims.push(...claims);
}

const renew = fc.nat(5).map((pick) =>
  holderCommand('renew', pick, async (held, task, { real: { journal } }) => {
    const until = (await journal.renew([held])).get(held.token);
    if (until === undefined || !task) return until === undefined ? 'stale' : 'ok';
    Object.assign(task, { state: 'running', leaseUntil: until });
    return 'ok';
  }),
);

const record = fc.tuple(fc.nat(5), anyStep).map(([pick, kind]) =>
  holderCommand(`record ${kind}`, pick, (held, task, { real: { journal } }) => {
    if (task && kind === 'response' && !task.answered) {
      task.answered = true;
      task.attempts += 1;
    }
    if (task && kind === 'said') Object.assign(task, { said: 1, unsureAt: undefined });
    const response = { replies: [{ type: 'text', text: '好' }] } as const;
    if (kind === 'response') return journal.record(held, { kind, response, attempt });
    return journal.record(held, kind === 'said' ? { kind, count: 1 } : { kind });
  }),
);

const settle = fc.tuple(fc.nat(5), anyEnd).map(([pick, end]) =>
  holderCommand(`settle as ${end}`, pick, (held, task, { model, real: { journal } }) => {
    if (task) {
      Object.assign(task, { state: end, token: undefined });
      endHoldUps(model, end === 'answered' ? task.lane : undefined);
    }
    return journal.settle(held, end);
  }),
);

const retry = fc
  .tuple(fc.nat(5), fc.integer({ min: -10, max: 2 * leaseMs }), fc.boolean())
  .map(([pick, delay, called]) =>
    holderCommand(
      `retry after ${delay} ms`,
      pick,
      (held, task, { model, real: { journal, clock } }) => {
        const at = clock.now() + delay;
        if (task) {
          Object.assign(task, { state: 'waiting', token: undefined, dueAt: at });
          if (!model.heldUpSince.has(task.lane)) model.heldUpSince.set(task.lane, model.now);
          task.attempts += called ? 1 : 0;
          task.sayFailures += called ? 0 : 1;
          if (!called) task.unsureAt = at;
        }
        return journal.retry(held, at, called ? { attempt } : { sayFailed: true, unsureAt: at });
      },
    ),
  );

const advance = fc.integer({ min: 1, max: leaseMs }).map((ms) =>
  command(`advance ${ms} ms`, async (model, real) => {
    await real.clock.advance(ms);
    model.now += ms;
    lapse(model);
  }),
);

const replay = anyIds.map((ids) =>
  command(`replay ${ids.join()}`, async (model, { journal }) => {
    let count = 0;
    for (const id of new Set(ids)) {
      const task = model.tasks.find((each) => each.id === id && !unsettled(each));
      if (!task) continue;
      count += 1;
      Object.assign(task, { state: 'waiting', dueAt: model.now });
      Object.assign(task, { attempts: 0, answered: false, said: 0, lane: task.home });
      Object.assign(task, { sayFailures: 0, unsureAt: undefined });
      model.tasks = [...model.tasks.filter((each) => each !== task), task];
      model.firstClaims = model.firstClaims.filter((each) => each !== id);
    }
    expect(await journal.replay(ids)).toBe(count);
  }),
);

const resolve = fc
  .tuple(anyIds, fc.constantFrom<Resolution>('again', 'behind', 'done'))
  .map(([ids, as]) =>
    command(`resolve ${ids.join()} as ${as}`, async (model, { journal }) => {
      let count = 0;
      for (const id of new Set(ids)) {
        const task = model.tasks.find((each) => each.id === id && each.state === 'unknown');
        if (!task) continue;
        count += 1;
        if (as === 'done') {
          task.state = 'answered';
          continue;
        }
        Object.assign(task, { state: 'waiting', dueAt: model.now, lane: task.home });
        Object.assign(task, { sayFailures: 0, unsureAt: undefined });
        task.said += as === 'behind' ? 1 : 0;
        model.tasks = [...model.tasks.filter((each) => each !== task), task];
        model.firstClaims = model.firstClaims.filter((each) => each !== id);
      }
      expect(await journal.resolve(ids, as)).toBe(count);
    }),
  );

const discard = anyIds.map((ids) =>
  command(`discard ${ids.join()}`, async (model, { journal }) => {
    const waiting = model.tasks.filter((task) => ids.includes(task.id) && task.state === 'waiting');
    for (const task of waiting) Object.assign(task, { state: 'dropped', token: undefined });
    endHoldUps(model);
    expect(await journal.discard(ids)).toBe(waiting.length);
  }),
);

const look = fc.constant(
  command('look at all', async (model, { journal }) => {
    const found = await journal.find({ limit: 1000 });
    expect(found.map((each) => [each.task.id, each.state, each.unsureAt])).toEqual(
      model.tasks
        .map((task) => [task.id, task.state, unsettled(task) ? task.unsureAt : undefined])
        .toReversed(),
    );
    const { counts } = await journal.stats();
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(model.tasks.length);
    for (const [state, count] of Object.entries(counts)) {
      expect(model.tasks.filter((task) => task.state === state)).toHaveLength(count);
    }
  }),
);

/** Lets every lease end and every delay pass, and settles what is left: all of it must come. */
async function drain(model: Model, real: Real): Promise<void> {
  await real.clock.advance(3 * leaseMs);
  model.now += 3 * leaseMs;
  lapse(model);
  for (let left = model.tasks.filter(unsettled).length; left > 0; left -= 1) {
    await claimAndCheck(model, real, { n: 1, present: bots });
    const held = model.claims.at(-1) as Claim;
    expect(await real.journal.settle(held, 'answered')).toBe('ok');
    const task = heldTask(model, held);
    if (task) Object.assign(task, { state: 'answered', token: undefined });
    endHoldUps(model, task?.lane);
  }
  expect(model.tasks.filter(unsettled)).toEqual([]);
  expect(await real.journal.claim(10, bots)).toEqual([]);
}

/** By lane, the claimed tasks: in the order of first claims, and in the order of arrival. */
function laneOrders({ tasks, firstClaims }: Model): { claims: string[][]; arrivals: string[][] } {
  const lanes = [...new Set(tasks.map((task) => task.home))].map((lane) =>
    tasks.filter((task) => task.home === lane).map((task) => task.id),
  );
  return {
    claims: lanes.map((ids) => firstClaims.filter((id) => ids.includes(id))),
    arrivals: lanes.map((ids) => ids.filter((id) => firstClaims.includes(id))),
  };
}

const weighted = fc.oneof(
  { weight: 6, arbitrary: accept },
  { weight: 5, arbitrary: claim },
  { weight: 4, arbitrary: settle },
  { weight: 2, arbitrary: retry },
  { weight: 2, arbitrary: record },
  { weight: 2, arbitrary: advance },
  { weight: 1, arbitrary: renew },
  { weight: 1, arbitrary: replay },
  { weight: 1, arbitrary: resolve },
  { weight: 1, arbitrary: discard },
  { weight: 1, arbitrary: look },
);

/**
 * Tries `runs` random histories on a journal and on a plain model of it, and compares every
 * answer: no two live claims in a lane, lanes in order but for tasks that are passed, nothing lost. For journals whose clock can
 * be moved.
 */
export function journalModel(
  name: string,
  create: CreateJournal,
  { runs }: { readonly runs: number },
): void {
  test(`${name} does what a plain model does, whatever happens`, async () => {
    const history = fc.commands([weighted], { size: '+1', maxCommands: 120 });
    const property = fc.asyncProperty(history, async (commands) => {
      const clock = manualClock();
      const opened = await create({ clock, ...contractOptions });
      const { journal } = opened;
      const real: Real = { journal, clock };
      const model: Model = {
        now: clock.now(),
        tasks: [],
        claims: [],
        firstClaims: [],
        heldUpSince: new Map(),
      };
      try {
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await drain(model, real);
        const { claims, arrivals } = laneOrders(model);
        expect(claims).toEqual(arrivals);
      } finally {
        await journal.close();
        await opened.dispose?.();
      }
    });
    await fc.assert(property, { numRuns: runs });
  });
}
