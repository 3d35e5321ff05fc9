import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../core/clock.js';
import type { SharedRecord, SharedState } from '../core/shared-state.js';
import { DueHeap } from './memory/due-heap.js';

/** Records that live and die with this process: it shares them with nobody. */
export function createMemorySharedState(
  clock: Pick<Clock, 'monotonic'> = systemClock,
): SharedState {
  return new MemorySharedState(clock);
}

/** A name for one instance: short, since ids begin with it. */
export function newInstanceName(): string {
  return randomBytes(6).toString('hex');
}

class MemorySharedState implements SharedState {
  readonly instance = newInstanceName();
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #records = new Map<string, SharedRecord>();
  readonly #ends = new DueHeap<string>();
  #version = 0;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  async get(key: string): Promise<SharedRecord | undefined> {
    return this.#current(key);
  }

  async add(key: string, value: string, lifeMs: number): Promise<SharedRecord | undefined> {
    const before = this.#current(key);
    if (before === undefined) this.#set(key, value, lifeMs);
    return before;
  }

  async put(key: string, value: string, lifeMs: number): Promise<void> {
    this.#set(key, value, lifeMs);
  }

  async swap(
    key: string,
    version: number,
    { value, lifeMs }: { readonly value: string; readonly lifeMs: number },
  ): Promise<number | undefined> {
    return this.#current(key)?.version === version ? this.#set(key, value, lifeMs) : undefined;
  }

  async remove(key: string, version?: number): Promise<void> {
    if (version !== undefined && this.#current(key)?.version !== version) return;
    this.#records.delete(key);
    this.#ends.delete(key);
  }

  async list(prefix: string): Promise<ReadonlyMap<string, SharedRecord>> {
    this.#dropEnded();
    const found = [...this.#records].filter(([key]) => key.startsWith(prefix));
    return new Map(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  }

  async sweep(): Promise<void> {
    this.#dropEnded();
  }

  async close(): Promise<void> {
    this.#records.clear();
  }

  #current(key: string): SharedRecord | undefined {
    this.#dropEnded();
    return this.#records.get(key);
  }

  #set(key: string, value: string, lifeMs: number): number {
    this.#dropEnded();
    const version = (this.#version += 1);
    this.#records.set(key, { value, version });
    this.#ends.set(key, this.#clock.monotonic() + lifeMs);
    return version;
  }

  #dropEnded(): void {
    for (const key of this.#ends.due(this.#clock.monotonic())) this.#records.delete(key);
  }
}
