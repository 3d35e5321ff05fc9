import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Note, readEvidence } from './evidence.js';
import { type FiledTask, readJournalFile } from './journal-file.js';
import type { LifeOptions } from './life-options.js';
import { seededRandom } from './load.js';

/** How a run of lives is made. */
export interface CrashRunOptions {
  /** An empty folder for its files. */
  readonly folder: string;
  /** Where `life.js` and `receiver.js` are. */
  readonly programs: string;
  /** How many lives are killed at least; one more brings everything to its end. */
  readonly kills: number;
  /** More are killed, up to three times as many, until this holds. Default: always. */
  readonly isEnough?: (run: Pick<CrashRun, 'notes' | 'remains'>) => boolean;
  /** Of all random choices. */
  readonly seed: number;
  /** Told after each kill. */
  readonly onKill?: (kills: number) => void;
}

/** What a life left on the disk when it ended. */
export interface Remains {
  readonly life: number;
  /** Accepted in this life or before, but not in the file. */
  readonly missing: readonly string[];
  readonly unsettled: readonly FiledTask[];
}

/** All that is known of a run. */
export interface CrashRun {
  readonly notes: readonly Note[];
  /** One for each life that was killed. */
  readonly remains: readonly Remains[];
  /** The journal at the end, in the order of arrival. */
  readonly tasks: readonly FiledTask[];
  /** Lives that did not end as they should. */
  readonly misfortunes: readonly string[];
}

/** A life is killed within so many ms after it began to open its journal … */
const longestLifeMs = 500;
/** … and every other one not before it has accepted up to so many tasks, however slow the machine is. */
const mostAccepted = 30;
/** A life that accepts nothing is killed all the same, after so many ms. */
const patienceMs = 60_000;
/** The last life must be done by then. */
const lastLifeMs = 60_000;

/** Lets one life after another be killed under load, and the last one finish. */
export async function crashRun(options: CrashRunOptions): Promise<CrashRun> {
  const { folder, programs, kills, seed, isEnough = () => true, onKill = () => {} } = options;
  const random = seededRandom(seed);
  const journal = join(folder, 'callback.db');
  const evidence = join(folder, 'evidence');
  const receiver = await startCrashReceiver(programs, evidence, seed);
  const remains: Remains[] = [];
  const misfortunes: string[] = [];
  try {
    const isDone = (life: number) =>
      life >= kills && (life >= 3 * kills || isEnough({ notes: readEvidence(evidence), remains }));
    for (let life = 0; ; life += 1) {
      const isLast = isDone(life);
      const { url } = receiver;
      const started = await startLife(programs, {
        journal,
        evidence,
        url,
        life,
        seed: seed + life,
        feeds: !isLast,
      });
      const afterMs = random() * longestLifeMs;
      const accepted = life % 2 === 0 ? 0 : random() * mostAccepted;
      if (!isLast) {
        await pause(afterMs);
        await untilAccepted(evidence, life, accepted);
      }
      const end = isLast ? await started.ends(lastLifeMs) : await started.killed();
      const expected = isLast ? '0' : 'SIGKILL';
      if (end !== expected) misfortunes.push(`life ${life} ended with ${end}: ${started.errors()}`);
      if (isLast) break;
      remains.push(remainsOf(life, readJournalFile(journal), readEvidence(evidence)));
      onKill(life + 1);
    }
    const tasks = readJournalFile(journal);
    return { notes: readEvidence(evidence), remains, tasks, misfortunes };
  } finally {
    receiver.stop();
  }
}

async function untilAccepted(evidence: string, life: number, count: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  const isMet = () => {
    if (count === 0) return true;
    const notes = readEvidence(evidence);
    return notes.filter((note) => note.life === life && note.what === 'accepted').length >= count;
  };
  while (!isMet() && performance.now() < deadline) await pause(10);
}

function remainsOf(life: number, tasks: readonly FiledTask[], notes: readonly Note[]): Remains {
  const kept = new Set(tasks.map(({ id }) => id));
  return {
    life,
    missing: notes.filter(({ what, id }) => what === 'accepted' && !kept.has(id)).map((n) => n.id),
    unsettled: tasks.filter(({ outcome }) => outcome === null),
  };
}

/** The receiver of a run. */
export interface CrashReceiver {
  readonly url: string;
  stop(): void;
}

/** Starts it; `evidence` is made when it is not there. */
export async function startCrashReceiver(
  programs: string,
  evidence: string,
  seed: number,
): Promise<CrashReceiver> {
  const child = spawn(process.execPath, [join(programs, 'receiver.js'), evidence, `${seed}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${String(port).trim()}/`, stop: () => child.kill('SIGKILL') };
}

/** A life that runs. */
export interface Life {
  readonly process: ChildProcess;
  /** What it complained of. */
  errors(): string;
  /** Waits for its end: its code, or its signal. Kills it after `withinMs`. */
  ends(withinMs: number): Promise<string>;
  /** Kills it. */
  killed(): Promise<string>;
}

/** Starts a life; resolves when it begins to open its journal. */
export async function startLife(programs: string, options: LifeOptions): Promise<Life> {
  const child = spawn(process.execPath, [join(programs, 'life.js'), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += String(text);
  });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  await Promise.race([once(child.stdout, 'data'), closed]);
  const ends = async (withinMs: number) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
    const [code, signal] = await closed;
    clearTimeout(timer);
    return `${signal ?? code}`;
  };
  return {
    process: child,
    errors: () => errors,
    ends,
    killed: async () => {
      child.kill('SIGKILL');
      return await ends(0);
    },
  };
}
