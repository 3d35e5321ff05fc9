import type { AlertTarget } from '../../core/alert.js';
import type { Alert } from '../alert.js';
import type { AlertRequest } from '../post-alert.js';

/** What an alert is written with. */
export interface WrittenWith {
  readonly target: AlertTarget;
  /** Of the alert: the same in every try. */
  readonly id: string;
  /** The program that sends it: `host/pid`. */
  readonly instance: string;
  /** Of this try, in ms since 1970: what is signed holds it. */
  readonly now: number;
}

/** How alerts of one format are written, and how its answers are read. */
export interface AlertWriter {
  write(alert: Alert, how: WrittenWith): AlertRequest;
  /**
   * What is wrong, by the body of a 2xx answer: robots say so there. `undefined`: nothing.
   */
  refusal(body: string): string | undefined;
}
