import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Framework } from '../frameworks.js';

/** What a column holds where a framework does otherwise than the best of them, as the documents say. */
export type Documented = Readonly<Record<string, string>>;

/** A framework with its program in `scripts/receivers/apps`. */
export interface Other extends Framework {
  /** What stands before every path. Default: nothing. */
  readonly base?: string;
  /** By column, what is seen and documented. A trial that comes to anything else fails. */
  readonly documented?: Documented;
  /** Columns that cannot be tried, by name with why. */
  readonly untried?: Documented;
}

const apps = resolve('scripts/receivers/apps');

/** Copies the program of a framework into a folder, so that nothing is built in the sources. */
export function copyApp(name: string, folder: string): void {
  cpSync(join(apps, name), folder, { recursive: true });
}
