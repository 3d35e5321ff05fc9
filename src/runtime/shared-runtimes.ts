import { resolve } from 'node:path';
import { findFile } from '../config/source/find-file.js';
import type { ConfigSource } from './load-rules.js';
import { type Runtime, type RuntimeOptions, startRuntime } from './runtime.js';

/** A share in a runtime that others may use too. */
export interface RuntimeShare {
  readonly runtime: Runtime;
  /** Gives the share back; the last one closes the runtime, at
   * `deadline` (ms since 1970) at the latest. Further calls do nothing more. */
  release(deadline: number): Promise<void>;
}

interface Entry {
  readonly runtime: Runtime;
  shares: number;
}

// One journal and one server per configuration, however many bots of this process use it.
const entries = new Map<unknown, Entry>();

/**
 * A share in the runtime of a configuration; started with these options when nobody has one yet,
 * else they have no effect.
 */
export function shareRuntime(source: ConfigSource, options: RuntimeOptions = {}): RuntimeShare {
  // The same file is the same runtime, found or named; and so is the same object.
  const found = typeof source === 'object' ? source : fileOf(source);
  const key = found ?? process.cwd();
  const entry = entries.get(key) ?? { runtime: startRuntime(found, options), shares: 0 };
  entries.set(key, entry);
  entry.shares += 1;
  let released: Promise<void> | undefined;
  const release = async (deadline: number) => {
    entry.shares -= 1;
    if (entry.shares > 0) return;
    entries.delete(key);
    await entry.runtime.close(deadline);
  };
  return {
    runtime: entry.runtime,
    release: (deadline) => (released ??= release(deadline)),
  };
}

function fileOf(path: string | undefined): string | undefined {
  return path === undefined ? findFile(process.cwd()) : resolve(path);
}
