import { startBareServers } from './bare-servers.js';
import { startLoadGenerator } from './load.js';
import { median, quantile, show } from './statistics.js';

/** A webhook to be measured. */
export interface MeasuredWebhook {
  readonly port: number;
  /** Pairs of connections at a time and requests in all. */
  readonly loads: readonly (readonly [connections: number, requests: number])[];
  /** Whole HTTP requests that never were before. */
  readonly nextRequests: (count: number) => readonly Buffer[];
  /** How often all is repeated, after one round that does not count. */
  readonly rounds: number;
  /** For the file that is written in comparison. */
  readonly folder: string;
}

type What = 'p50' | 'p99' | 'perSecond';

/** What was measured, in ms and per second. */
export interface Measured {
  /** The median of the ratios of all rounds; `of` and `against` are e.g. `webhook × 64`. */
  readonly ratio: (of: string, against: string, what: What) => string;
  /** The median of the differences, in ms. */
  readonly more: (of: string, than: string, what: 'p50' | 'p99') => string;
}

/**
 * Measures a webhook and two bare handlers in turn, under the same load from a process of its own,
 * and prints a table.
 */
export async function measureAgainstBare(webhook: MeasuredWebhook): Promise<Measured> {
  const bare = await startBareServers(webhook.folder);
  const servers = [
    ['bare, reads', bare.reading],
    ['bare, appends', bare.appending],
    ['webhook', webhook.port],
  ] as const;
  const generator = startLoadGenerator();
  const figures = new Map<string, Record<What, number[]>>();
  for (let round = -1; round < webhook.rounds; round += 1) {
    for (const [name, port] of servers) {
      for (const [connections, count] of webhook.loads) {
        const requests = webhook.nextRequests(count);
        const { times, perSecond, statuses } = await generator.send({
          port,
          connections,
          requests,
        });
        if (statuses['200'] !== count) throw new Error(`${name}: ${JSON.stringify(statuses)}`);
        if (round < 0) continue;
        const key = `${name} × ${connections}`;
        const kept = figures.get(key) ?? { p50: [], p99: [], perSecond: [] };
        kept.p50.push(quantile(times, 0.5));
        kept.p99.push(quantile(times, 0.99));
        kept.perSecond.push(perSecond);
        figures.set(key, kept);
      }
    }
  }
  generator.stop();
  await bare.close();
  print(figures, webhook.rounds);
  const compared = (
    of: string,
    to: string,
    what: What,
    by: (own: number, other: number) => number,
  ) => {
    const own = figures.get(of)?.[what] ?? [];
    const other = figures.get(to)?.[what] ?? [];
    return show(median(own.map((value, index) => by(value, other[index] ?? 0))), 2);
  };
  return {
    ratio: (of, against, what) => compared(of, against, what, (own, other) => own / other),
    more: (of, than, what) => compared(of, than, what, (own, other) => own - other),
  };
}

function print(figures: ReadonlyMap<string, Record<What, number[]>>, rounds: number): void {
  console.log(`median of ${rounds} rounds        p50, ms   p99, ms  per second`);
  for (const [key, { p50, p99, perSecond }] of figures) {
    const cells = [show(median(p50), 3), show(median(p99), 3), show(median(perSecond))];
    console.log(key.padEnd(26) + cells.map((cell) => cell.padStart(10)).join(''));
  }
}
