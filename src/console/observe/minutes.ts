import type { Charts } from '../api/contract.js';
import { Histogram } from './histogram.js';

/** What is counted. */
export type Counted = 'messages' | 'tasks' | 'failures';

/** Counts of the last day, minute by minute. */
export interface Minutes {
  count(what: Counted): void;
  /** From a message to its spoken answer, in ms. */
  spoken(ms: number): void;
  charts(span: 'hour' | 'day'): Charts;
}

interface Minute {
  readonly index: number;
  messages: number;
  tasks: number;
  failures: number;
  /** Made when it is needed: most minutes of most bots are quiet. */
  spoken?: Histogram;
}

const minuteMs = 60_000;
const kept = 24 * 60 + 15;

/** @param now ms since 1970 */
export function createMinutes(now: () => number): Minutes {
  const ring: (Minute | undefined)[] = Array.from({ length: kept });
  const current = (): Minute => {
    const index = Math.floor(now() / minuteMs);
    const place = index % kept;
    const found = ring[place];
    if (found?.index === index) return found;
    const made = { index, messages: 0, tasks: 0, failures: 0 };
    ring[place] = made;
    return made;
  };
  const at = (index: number): Minute | undefined => {
    const found = ring[((index % kept) + kept) % kept];
    return found?.index === index ? found : undefined;
  };
  return {
    count: (what) => {
      current()[what] += 1;
    },
    spoken: (ms) => {
      const minute = current();
      (minute.spoken ??= new Histogram()).add(ms);
    },
    charts: (span) => {
      const [step, points] = span === 'hour' ? [1, 60] : [15, 96];
      const end = Math.floor(now() / minuteMs / step) * step + step;
      const from = end - points * step;
      return {
        stepMs: step * minuteMs,
        points: Array.from({ length: points }, (_, point) =>
          pointOf(from + point * step, step, at),
        ),
      };
    },
  };
}

function pointOf(from: number, step: number, at: (index: number) => Minute | undefined) {
  const spoken = new Histogram();
  const point = { at: from * minuteMs, messages: 0, tasks: 0, failures: 0 };
  for (let index = from; index < from + step; index += 1) {
    const minute = at(index);
    if (minute === undefined) continue;
    point.messages += minute.messages;
    point.tasks += minute.tasks;
    point.failures += minute.failures;
    if (minute.spoken) spoken.merge(minute.spoken);
  }
  const p95Ms = spoken.quantile(0.95);
  return { ...point, ...(p95Ms !== undefined && { p95Ms }) };
}
