import type { CrashRun, Remains } from './crash-run.js';
import type { Note } from './evidence.js';
import { partsOf } from './load.js';

/** How many tasks were interrupted at each stage of their way, over all kills. */
export interface Interrupted {
  /** The receiver had the call, the journal no response. */
  readonly inCall: number;
  /** Turned away, and not called again yet. */
  readonly beforeRetry: number;
  /** The response was kept, and nothing of it said. */
  readonly beforeFirstWord: number;
  /** Some words were said, not all. */
  readonly betweenWords: number;
  /** All was said, and the task not settled. */
  readonly beforeSettling: number;
}

/** Counts where the kills of a run have hit: a run that hits nothing proves nothing. */
export function interrupted({ notes, remains }: Pick<CrashRun, 'notes' | 'remains'>): Interrupted {
  const count = {
    inCall: 0,
    beforeRetry: 0,
    beforeFirstWord: 0,
    betweenWords: 0,
    beforeSettling: 0,
  };
  for (const remain of remains) {
    for (const stage of stages(remain, notes)) count[stage] += 1;
  }
  return count;
}

function stages({ life, unsettled }: Remains, notes: readonly Note[]): (keyof Interrupted)[] {
  const last = new Map<string, Note>();
  const words = new Map<string, number>();
  for (const note of notes) {
    if (note.life !== life) continue;
    const [id = ''] = note.id.split('/');
    last.set(id, note);
    if (note.what === 'said') words.set(id, (words.get(id) ?? 0) + 1);
  }
  return unsettled.flatMap(({ id, hasResponse, said }) => {
    const what = last.get(id)?.what;
    if (what === undefined || what === 'accepted') return [];
    if (!hasResponse) return [what === 'refused' ? 'beforeRetry' : 'inCall'];
    const spoken = said + (words.get(id) ?? 0);
    if (spoken === 0) return ['beforeFirstWord'];
    return [lastPart(last.get(id)) + 1 < partsOf(id) ? 'betweenWords' : 'beforeSettling'];
  });
}

/** -1 unless the last thing was a word. */
function lastPart(note: Note | undefined): number {
  return note?.what === 'said' ? Number(note.id.split('/')[1]) : -1;
}
