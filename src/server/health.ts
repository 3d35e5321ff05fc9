import { Hono } from 'hono';
import type { JournalStats } from '../core/journal.js';

/** What is looked at. */
export interface HealthParts {
  /** How many rules are in force; `undefined` while there are none that can be used. */
  readonly rules: () => number | undefined;
  /** How many bots are attached, and how many of those are logged in. */
  readonly bots: () => { readonly expected: number; readonly online: number };
  /** How many events could not be kept yet and wait in memory. */
  readonly unkept: () => number;
  /** The code of why what platforms send cannot be kept; `undefined` when it can. */
  readonly journalError: () => string | undefined;
  /** True when bots of an account have their tasks in memory against the configuration. */
  readonly inMemory: () => boolean;
  /** Asks the journal how much is in it, or shares an answer; `undefined` before it is opened. */
  readonly journal: () => Promise<Pick<JournalStats, 'counts'>> | undefined;
  /** How long the journal may take to answer, in ms. Default: 2,000. */
  readonly patienceMs?: number;
}

/** Why a bot is not healthy. Stable: monitors may compare them. */
export type HealthProblem =
  | 'rules-unusable'
  | 'journal-failed'
  | 'journal-in-memory'
  | 'bots-offline'
  | 'events-unkept';

/** The body of `/healthz`. Stable: keys may be added, never renamed. */
export interface Health {
  readonly status: 'ok' | 'failing';
  readonly problems: readonly HealthProblem[];
  readonly rules: number;
  readonly bots: { readonly expected: number; readonly online: number };
  /** Events in memory alone, of platforms that never repeat: what a crash would lose. */
  readonly unkept: number;
  /** Why nothing that platforms send can be kept, e.g. `journal-locked`; absent when it can. */
  readonly journalError?: string;
  /** Absent when the journal is not opened yet, or does not answer. */
  readonly journal?: { readonly waiting: number; readonly running: number };
}

/** Answers 200 when everything works as expected, else 503; the body says why. */
export function healthRoutes(parts: HealthParts): Hono {
  const app = new Hono();
  const journalHealth = askedOnce(parts);
  app.get('/', async (context) => {
    const health = await healthOf(parts, journalHealth);
    context.header('cache-control', 'no-store');
    return context.json(health, health.status === 'ok' ? 200 : 503);
  });
  return app;
}

type JournalHealth = () => Promise<Health['journal']> | undefined;

/** All who ask while the journal has one answer wait for it together. */
function askedOnce({ journal, patienceMs }: HealthParts): JournalHealth {
  let last: ReturnType<HealthParts['journal']>;
  let answer: Promise<Health['journal']> | undefined;
  return () => {
    const asked = journal();
    if (asked !== last) answer = asked && answerOf(asked, patienceMs);
    last = asked;
    return answer;
  };
}

async function healthOf(parts: HealthParts, journalHealth: JournalHealth): Promise<Health> {
  const rules = parts.rules();
  const bots = parts.bots();
  const unkept = parts.unkept();
  const journalError = parts.journalError();
  const asked = journalHealth();
  const journal = await asked;
  const isSilent = asked !== undefined && journal === undefined;
  const found = problemsOf({
    'rules-unusable': rules === undefined,
    'journal-failed': journalError !== undefined || isSilent,
    'journal-in-memory': parts.inMemory(),
    'bots-offline': bots.online < bots.expected,
    'events-unkept': unkept > 0,
  });
  return {
    status: found.length === 0 ? 'ok' : 'failing',
    problems: found,
    rules: rules ?? 0,
    bots,
    unkept,
    ...(journalError !== undefined && { journalError }),
    ...(journal && { journal }),
  };
}

function problemsOf(found: Readonly<Record<HealthProblem, boolean>>): readonly HealthProblem[] {
  return (Object.keys(found) as HealthProblem[]).filter((problem) => found[problem]);
}

async function answerOf(
  asked: NonNullable<ReturnType<HealthParts['journal']>>,
  patienceMs = 2000,
): Promise<Health['journal']> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    const stats = await Promise.race([asked, enough]);
    return stats && { waiting: stats.counts.waiting, running: stats.counts.running };
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
