import type { ShownRequest, ShownResponse } from '../api/contract.js';

/** One HTTP call as it was made; secrets are masked already. */
export interface SeenCall {
  readonly task: string;
  readonly origin: string;
  /** In ms since 1970. */
  readonly at: number;
  readonly durationMs: number;
  readonly request: ShownRequest;
  readonly response: ShownResponse;
}

/** The newest calls with request and response. */
export interface Calls {
  add(call: SeenCall): void;
  /** Those of a task, the oldest first. */
  of(task: string): readonly SeenCall[];
  forget(tasks: (id: string) => boolean): void;
}

/** Remembered at most; each is some kB. */
const maxCalls = 1000;

/** None yet. */
export function createCalls(): Calls {
  let calls: SeenCall[] = [];
  return {
    add: (call) => {
      calls.push(call);
      // Now and then, not at every call: to move a thousand entries takes its time.
      if (calls.length >= 2 * maxCalls) calls = calls.slice(-maxCalls);
    },
    of: (task) => calls.filter((call) => call.task === task),
    forget: (isMeant) => {
      calls = calls.filter(({ task }) => !isMeant(task));
    },
  };
}
