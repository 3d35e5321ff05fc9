import { isCallbackError } from '../../core/errors.js';

/** A call that waits for its group. */
interface Waiting<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

/** How calls are grouped. */
export interface GroupingParts<Input, Output> {
  /** Does the work of a group; answers one output for each input, in their order. */
  readonly run: (inputs: readonly Input[]) => Promise<readonly Output[]>;
  /** How much of the longest group a call takes. */
  readonly weight: (input: Input) => number;
  readonly mostWeight: number;
  /** Calls of one key never stand in one group. Default: they may. */
  readonly key?: (input: Input) => string;
  /** Whether the same may go well when each is tried by itself. */
  readonly isOfOne: (error: unknown) => boolean;
}

/**
 * Calls that wait at the same time share one transaction: what comes while one is under way goes
 * into the next. One at a time, so the order of the calls is the order in which they take effect.
 */
export class Grouping<Input, Output> {
  readonly #parts: GroupingParts<Input, Output>;
  #waiting: Waiting<Input, Output>[] = [];
  #isRunning = false;

  constructor(parts: GroupingParts<Input, Output>) {
    this.#parts = parts;
  }

  /** Adds a call; resolves with its output when the group's work is done. */
  call(input: Input): Promise<Output> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject });
      // Not before the end of this turn: all that is asked for in it goes together.
      if (!this.#isRunning) queueMicrotask(() => void this.#runAll());
      this.#isRunning = true;
    });
  }

  async #runAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#runGroup(this.#take());
    this.#isRunning = false;
  }

  #take(): readonly Waiting<Input, Output>[] {
    const { weight, mostWeight, key } = this.#parts;
    const keys = new Set<string>();
    let sum = 0;
    let count = 0;
    for (const { input } of this.#waiting) {
      const mine = key?.(input);
      sum += weight(input);
      if (count > 0 && (sum > mostWeight || (mine !== undefined && keys.has(mine)))) break;
      if (mine !== undefined) keys.add(mine);
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** Never rejects. */
  async #runGroup(group: readonly Waiting<Input, Output>[]): Promise<void> {
    try {
      const outputs = await this.#parts.run(group.map(({ input }) => input));
      group.forEach(({ resolve }, index) => resolve(outputs[index] as Output));
    } catch (error) {
      if (group.length > 1 && this.#parts.isOfOne(error)) {
        // Whatever it was, it must fail nobody else: once more, each by itself.
        for (const one of group) await this.#runGroup([one]);
        return;
      }
      for (const { reject } of group) reject(error);
    }
  }
}

/** A server that is away is away for all of a group; what it says of a value may be true of one. */
export function isOfOne(error: unknown): boolean {
  return !isCallbackError(error) || error.code === 'postgres-failed';
}
