import type { Clock } from '../core/clock.js';

/** The order in which events are kept. */
export interface EventOrder {
  /**
   * Does `keep` when the event has been read and its turn has come. `keep` must not reject.
   *
   * @param sequence events of one sequence keep their order; `undefined`: no order matters
   * @param reading a promise when the platform is asked something first
   */
  take(sequence: string | undefined, reading: unknown, keep: () => Promise<void>): Promise<void>;
}

/** What an order is made with. */
export interface EventOrderOptions {
  readonly clock: Clock;
  /** For how long an event waits for look-ups of others when it needs none, in ms. Default: 200. */
  readonly passAfterMs?: number;
}

/** The events of one sequence that are not kept yet. */
interface Line {
  /** Resolves when all so far are kept. */
  all: Promise<unknown>;
  /** Resolves when all so far that needed no look-up are kept. */
  plain: Promise<unknown>;
  /** Those that are being kept at this moment. */
  readonly keeping: Set<Promise<void>>;
  /** How many need a look-up, and are not being kept yet. */
  lookingUp: number;
}

/**
 * Events of one sequence are kept in the order in which they came, but for those for which something
 * must be looked up: when that takes long, events that need no look-up pass them.
 */
export function createEventOrder({ clock, passAfterMs = 200 }: EventOrderOptions): EventOrder {
  const lines = new Map<string, Line>();

  const passing = async ({ all, plain, keeping }: Line): Promise<void> => {
    const over = new AbortController();
    const late = clock.sleep(passAfterMs, over.signal, { ref: false }).then(
      () => true,
      () => false,
    );
    const isLate = await Promise.race([all.then(() => false), late]);
    over.abort();
    if (isLate) await Promise.all([plain, ...keeping]);
  };
  const keepIn = async (line: Line, keep: () => Promise<void>): Promise<void> => {
    const kept = keep();
    line.keeping.add(kept);
    await kept;
    line.keeping.delete(kept);
  };
  const inTurn = async (line: Line, reading: unknown, keep: () => Promise<void>) => {
    const { all, lookingUp } = line;
    if (reading instanceof Promise) {
      line.lookingUp += 1;
      await Promise.all([all, ended(reading)]);
      line.lookingUp -= 1;
    } else if (lookingUp > 0) await passing(line);
    else if (all !== nothing) await all;
    await keepIn(line, keep);
  };
  return {
    take: async (sequence, reading, keep) => {
      if (sequence === undefined) return await keep();
      const line = lines.get(sequence) ?? newLine();
      lines.set(sequence, line);
      const mine = inTurn(line, reading, keep);
      const before = line.all;
      const all = Promise.all([before, mine]);
      line.all = all;
      if (!(reading instanceof Promise)) line.plain = Promise.all([line.plain, mine]);
      await mine;
      if (line.all === all) lines.delete(sequence);
    },
  };
}

const nothing = Promise.resolve();

function newLine(): Line {
  return { all: nothing, plain: nothing, keeping: new Set(), lookingUp: 0 };
}

/** Resolves when it is over, well or not. */
async function ended(reading: Promise<unknown>): Promise<void> {
  await reading.catch(() => {});
}
