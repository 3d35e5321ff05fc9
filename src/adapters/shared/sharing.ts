import type { SharedState } from '../../core/shared-state.js';
import { inTime } from './in-time.js';

/** What a puppet has in common with the same puppet in other instances of the program. */
export interface Sharing {
  /** Absent: this program is alone, as far as is known. */
  readonly state: SharedState | undefined;
  /** Somebody says what comes of events; no more once the plugin has left. */
  readonly isKept: boolean;
  /** Nobody shares anything, and nobody is about to tell otherwise. */
  readonly isAlone: boolean;
  /**
   * What is shared, once that is known. A bot with the plugin is told while it starts; others, and
   * one that is told nothing within three seconds, are alone. Never rejects.
   */
  known(): Promise<SharedState | undefined>;
  /** As `PuppetExtras.share`. */
  readonly share: (state: SharedState | undefined) => () => Promise<void>;
}

/** What is done when something is shared from now on, and before it ends. */
export interface SharingHooks {
  readonly begin?: (state: SharedState) => void;
  /** Brings home what is not yet there. */
  readonly end?: () => Promise<void>;
}

const patienceMs = 3000;

/** Knows nothing yet. */
export class PuppetSharing implements Sharing {
  readonly #hooks: SharingHooks;
  readonly #told: Promise<void>;
  #tell: () => void = () => {};
  #isTold = false;
  #isAwaited: () => boolean = () => false;
  #state: SharedState | undefined;

  constructor(hooks: SharingHooks = {}) {
    this.#hooks = hooks;
    this.#told = new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  get state(): SharedState | undefined {
    return this.#state;
  }

  get isAlone(): boolean {
    return this.#state === undefined && (this.#isTold || !this.#isAwaited());
  }

  get isKept(): boolean {
    return this.#isAwaited();
  }

  /** `isAwaited`: whether somebody will tell. */
  expect(isAwaited: () => boolean): void {
    this.#isAwaited = isAwaited;
  }

  async known(): Promise<SharedState | undefined> {
    if (this.#state === undefined && !this.isAlone) await this.#untilTold();
    return this.#state;
  }

  readonly share = (state: SharedState | undefined): (() => Promise<void>) => {
    this.#state = state;
    this.#isTold = true;
    if (state !== undefined) this.#hooks.begin?.(state);
    this.#tell();
    return async () => {
      if (this.#state !== state || state === undefined) return;
      await this.#hooks.end?.();
      this.#state = undefined;
    };
  };

  async #untilTold(): Promise<void> {
    await inTime(this.#told, patienceMs);
    // Nobody waits a second time.
    this.#isTold = true;
  }
}
