import { type CallbackError, isCallbackError } from '../core/errors.js';

/** Who is told of a server. */
export interface ReachabilityParts {
  readonly onLost: (error: CallbackError) => void;
  readonly onBack: () => void;
}

/** Whether a server answers, as whatever is asked of it shows. */
export class Reachability {
  readonly #parts: ReachabilityParts;
  #isLost = false;

  constructor(parts: ReachabilityParts) {
    this.#parts = parts;
  }

  /** Notes an error; those that are no `postgres-unreachable` say nothing. */
  failed(error: unknown): void {
    if (this.#isLost || !isCallbackError(error) || error.code !== 'postgres-unreachable') return;
    this.#isLost = true;
    this.#parts.onLost(error);
  }

  answered(): void {
    if (!this.#isLost) return;
    this.#isLost = false;
    this.#parts.onBack();
  }
}
