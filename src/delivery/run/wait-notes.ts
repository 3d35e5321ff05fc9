import type { WaitsFor } from '../../core/waits-for.js';

/**
 * For what tasks were given back, where the journal cannot tell. In memory: who asks after a restart
 * sees what the journal knows.
 */
export interface WaitNotes {
  set(taskId: string, waitsFor: WaitsFor): void;
  get(taskId: string): WaitsFor | undefined;
  /** It has come back. */
  delete(taskId: string): void;
}

/** Tasks that never come back, such as discarded ones, are forgotten beyond this number. */
const maxTasks = 10_000;

/** No notes yet. */
export function createWaitNotes(): WaitNotes {
  const notes = new Map<string, WaitsFor>();
  return {
    set: (taskId, waitsFor) => {
      notes.set(taskId, waitsFor);
      const [oldest] = notes.keys();
      if (notes.size > maxTasks && oldest !== undefined) notes.delete(oldest);
    },
    get: (taskId) => notes.get(taskId),
    delete: (taskId) => {
      notes.delete(taskId);
    },
  };
}
