import { openSync, readFileSync, writeSync } from 'node:fs';

/** What a program notes. `said` carries `<id>/<part>`, the others an id. */
export type What =
  /** The journal has the task. */
  | 'accepted'
  /** The receiver got the call; it turned it away, or served it. */
  | 'called'
  | 'refused'
  | 'served'
  /** The journal has the response. */
  | 'stored'
  /** A word is on its way to the platform. */
  | 'said';

/** One thing that happened; `life` counts the processes that deliver. */
export interface Note {
  readonly life: number;
  readonly what: What;
  readonly id: string;
}

/**
 * Opens a file to which several processes append, a line at a time: what was noted survives the
 * end of its process, and the lines are in the order in which things happened.
 */
export function openEvidence(file: string): (note: Note) => void {
  const descriptor = openSync(file, 'a');
  return ({ life, what, id }) => {
    writeSync(descriptor, `${life} ${what} ${id}\n`);
  };
}

/** All notes so far. */
export function readEvidence(file: string): readonly Note[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const [life, what, id] = line.split(' ') as [string, What, string];
    return { life: Number(life), what, id };
  });
}
