import type { AlertKind, AlertState } from '../core/alert.js';

/** One alert, before it is written in a format. */
export interface Alert extends Pick<AlertState, 'subject' | 'text' | 'details'> {
  readonly kind: AlertKind | 'test';
  readonly status: 'firing' | 'resolved';
  /** When the state began, in ms since 1970. */
  readonly since: number;
  /** When the alert was made, in ms since 1970. */
  readonly at: number;
}
