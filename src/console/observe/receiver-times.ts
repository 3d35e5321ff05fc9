import { Histogram } from './histogram.js';

/** How one receiver did in the last hour. */
export interface ReceiverHour {
  readonly calls: number;
  readonly failures: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
}

/** How fast receivers answer. */
export interface ReceiverTimes {
  note(origin: string, ms: number, failed: boolean): void;
  lastHour(origin: string): ReceiverHour;
}

interface Slice {
  readonly index: number;
  failures: number;
  readonly times: Histogram;
}

/** An hour in slices of five minutes; twelve of them, the running one included. */
const sliceMs = 5 * 60_000;
const slices = 12;
/** Rules with variables in the path still have few hosts. */
const maxOrigins = 200;

/** @param now ms since 1970 */
export function createReceiverTimes(now: () => number): ReceiverTimes {
  const origins = new Map<string, Slice[]>();
  return {
    note: (origin, ms, failed) => {
      const index = Math.floor(now() / sliceMs);
      const known = (origins.get(origin) ?? []).filter((slice) => slice.index > index - slices);
      const last = known.at(-1);
      const slice = last?.index === index ? last : { index, failures: 0, times: new Histogram() };
      if (slice !== last) known.push(slice);
      slice.times.add(ms);
      if (failed) slice.failures += 1;
      origins.delete(origin);
      origins.set(origin, known);
      const [oldest] = origins.keys();
      if (origins.size > maxOrigins && oldest !== undefined) origins.delete(oldest);
    },
    lastHour: (origin) => {
      const index = Math.floor(now() / sliceMs);
      const all = new Histogram();
      let failures = 0;
      for (const slice of origins.get(origin) ?? []) {
        if (slice.index <= index - slices) continue;
        all.merge(slice.times);
        failures += slice.failures;
      }
      const [p50Ms, p95Ms] = [all.quantile(0.5), all.quantile(0.95)];
      return {
        calls: all.total,
        failures,
        ...(p50Ms !== undefined && { p50Ms }),
        ...(p95Ms !== undefined && { p95Ms }),
      };
    },
  };
}
