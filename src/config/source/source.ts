import type { Problem } from '../../core/problem.js';
import type { Path } from '../plain-data.js';

/** A configuration as it was read, not yet checked. */
export interface Source {
  readonly data: unknown;
  /** What is wrong with the writing itself, e.g. YAML that does not end. */
  readonly problems: readonly Problem[];
  /** Whether `data` is whole enough to be checked in spite of the problems. */
  readonly usable: boolean;
  /** The line, counted from 1, of what stands at a path, or of the nearest thing around it. */
  readonly lineOf: (path: Path) => number | undefined;
}

/** A source without lines: an object handed over, or the result of a script. */
export function plainSource(data: unknown): Source {
  return { data, problems: [], usable: true, lineOf: () => undefined };
}

/** A source that cannot be read at all. */
export function brokenSource(problems: readonly Problem[]): Source {
  return { data: undefined, problems, usable: false, lineOf: () => undefined };
}
