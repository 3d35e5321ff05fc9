import { bytesOf } from '../../core/remembered.js';
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
/** What is left when there was too much: entries are moved now and then, not at every call. */
const leftPart = 0.8;

/**
 * None yet.
 *
 * @param maxBytes how much memory they may take
 */
export function createCalls(maxBytes: () => number): Calls {
  let calls: { readonly call: SeenCall; readonly bytes: number }[] = [];
  let taken = 0;
  const prune = () => {
    const isTooMuch = taken > maxBytes();
    if (!isTooMuch && calls.length < 2 * maxCalls) return;
    const left = isTooMuch ? maxBytes() * leftPart : taken;
    let gone = 0;
    for (const { bytes } of calls) {
      if (taken <= left && calls.length - gone <= maxCalls) break;
      taken -= bytes;
      gone += 1;
    }
    calls = calls.slice(gone);
  };
  return {
    add: (call) => {
      const bytes = bytesOf(call);
      calls.push({ call, bytes });
      taken += bytes;
      prune();
    },
    of: (task) => calls.filter(({ call }) => call.task === task).map(({ call }) => call),
    forget: (isMeant) => {
      calls = calls.filter(({ call }) => !isMeant(call.task));
      taken = calls.reduce((sum, { bytes }) => sum + bytes, 0);
    },
  };
}
