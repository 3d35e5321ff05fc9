import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<true>();

/**
 * Runs `work` as the doing of a task or of reading an event. An `error` event that Wechaty raises
 * meanwhile is a consequence, not news: it makes no further task, so failures cannot feed
 * themselves.
 */
export function runInTask<T>(work: () => T): T {
  return scope.run(true, work);
}

/** True in what `runInTask` runs, through everything awaited there. */
export function insideTask(): boolean {
  return scope.getStore() === true;
}
