import type { Bilingual } from './language.js';

/** What an operator can be alerted of, as `alerts.on` spells it. */
export const alertKinds = [
  'bot-offline',
  'receiver-down',
  'tasks-failed',
  'journal',
  'rules',
  'loop',
] as const;

/** A kind of alert. */
export type AlertKind = (typeof alertKinds)[number];

/** What an alert is posted as: JSON of our own, or what the robot of a group takes. */
export const alertFormats = ['json', 'wecom-robot', 'dingtalk', 'feishu'] as const;

/** A format of alerts. */
export type AlertFormat = (typeof alertFormats)[number];

/** Where alerts go. */
export interface AlertTarget {
  readonly on: readonly AlertKind[];
  /** Holds the key of a robot: never shown, see `shownTarget`. */
  readonly url: string;
  /** The same state is told at most so often, in ms. */
  readonly everyMs: number;
  readonly format: AlertFormat;
  /** Signs what robots of DingTalk and Feishu take. */
  readonly secret?: string;
}

/** Values of an alert for programs. Never message text, never a secret. */
export type AlertDetails = Readonly<Record<string, string | number | readonly string[]>>;

/** A state that an operator wants to know of. */
export interface AlertState {
  readonly kind: AlertKind;
  /** What it is about: the id of a bot, an origin. Each subject has a state of its own. */
  readonly subject: string;
  /** What is the matter and what to do. Never message text, never a secret. */
  readonly text: Bilingual;
  readonly details: AlertDetails;
  /**
   * A state that changes its aspect is told again at once: a bot that was logged out wants to be
   * scanned. Default: it has only one.
   */
  readonly aspect?: string;
}

/** Takes what operators are alerted of. No call throws, waits, or changes anything else. */
export interface AlertPort {
  /** A state began, or there is news of it. */
  raise(state: AlertState): void;
  /** A state is over; nothing happens when it was never raised. `text` says so. */
  clear(over: Pick<AlertState, 'kind' | 'subject' | 'text'>): void;
}
