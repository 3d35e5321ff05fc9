import type { CrashRun, Remains } from './crash-run.js';
import type { Note } from './evidence.js';
import type { FiledTask } from './journal-file.js';
import { lanes, partsOf } from './load.js';

/** Everything in a run that must not be; empty when the promises were kept. */
export function violations(run: CrashRun): readonly string[] {
  return [
    ...run.misfortunes,
    ...lost(run),
    ...calledAgain(run),
    ...calledThoughKept(run),
    ...calledOutOfOrder(run),
    ...lanes.flatMap((lane) => wronglySaid(run, lane)),
  ];
}

/** Accepted, but not in the file at any later moment, or not answered at the end. */
function lost({ remains, tasks }: CrashRun): readonly string[] {
  return [
    ...remains.flatMap(({ life, missing }) => missing.map((id) => `${id} lost by life ${life}`)),
    ...tasks
      .filter(({ outcome }) => outcome !== 'answered')
      .map(({ id, outcome }) => `${id} is ${outcome ?? 'unsettled'} at the end`),
  ];
}

/** Calls after the response was stored, as the life itself noted it, or words of it were said. */
function calledAgain({ notes }: CrashRun): readonly string[] {
  const stored = new Set<string>();
  const servedIn = new Map<string, number>();
  return notes.flatMap(({ life, what, id }) => {
    if (what === 'stored' || what === 'said') stored.add(id.replace(/\/.*/u, ''));
    if (what === 'served') servedIn.set(id, life);
    if (what !== 'called') return [];
    if (stored.has(id)) return [`${id} called by life ${life} after its response was stored`];
    return servedIn.get(id) === life ? [`${id} called twice by life ${life}`] : [];
  });
}

/** Calls after a former life had left the response in the file, whether it came to note it or not. */
function calledThoughKept({ notes, remains }: CrashRun): readonly string[] {
  const left = new Map(remains.map(({ life, unsettled }) => [life, waitingForCall(unsettled)]));
  const calledBy = new Map<string, number>();
  return notes.flatMap(({ life, what, id }) => {
    if (what !== 'called') return [];
    const former = calledBy.get(id) ?? life;
    calledBy.set(id, life);
    const mayCall = former === life || left.get(former)?.has(id);
    return mayCall ? [] : [`${id} called by life ${life}, though life ${former} kept its response`];
  });
}

function waitingForCall(unsettled: readonly FiledTask[]): ReadonlySet<string> {
  return new Set(unsettled.filter(({ hasResponse }) => !hasResponse).map(({ id }) => id));
}

/** A task called after a later one of its lane, or before it was first in its lane. */
function calledOutOfOrder({ notes, tasks }: CrashRun): readonly string[] {
  const place = new Map(tasks.map(({ id }, index) => [id, index]));
  const lane = new Map(tasks.map((task) => [task.id, task.lane]));
  const furthest = new Map<string, number>();
  return notes
    .filter(({ what }) => what === 'called')
    .flatMap(({ id, life }) => {
      const at = place.get(id) ?? -1;
      const its = lane.get(id) ?? '';
      const before = furthest.get(its) ?? -1;
      furthest.set(its, Math.max(at, before));
      return at < before ? [`${id} called by life ${life} after a later one of its lane`] : [];
    });
}

/**
 * Compares what was said in a lane with what was to be said, word by word. A word may come twice
 * only when its life was killed before the word was marked.
 */
function wronglySaid(run: CrashRun, lane: string): readonly string[] {
  const expected = run.tasks
    .filter((task) => task.lane === lane)
    .flatMap(({ id }) => Array.from({ length: partsOf(id) }, (_, part) => `${id}/${part}`));
  const said = run.notes.filter(({ what, id }) => what === 'said' && id.startsWith(`${lane}.`));
  let next = 0;
  let former: Note | undefined;
  for (const word of said) {
    if (word.id === expected[next]) next += 1;
    else if (!isForgivable(word, former, run.remains)) {
      return [`lane ${lane}: life ${word.life} said ${word.id}, not ${expected[next]}`];
    }
    former = word;
  }
  return next === expected.length ? [] : [`lane ${lane}: ${expected[next]} was never said`];
}

function isForgivable(word: Note, former: Note | undefined, remains: readonly Remains[]): boolean {
  if (former === undefined || former.id !== word.id || former.life >= word.life) return false;
  const [id, part] = word.id.split('/');
  const left = remains.find(({ life }) => life === former.life)?.unsettled;
  return left?.some((task) => task.id === id && task.said <= Number(part)) ?? false;
}
