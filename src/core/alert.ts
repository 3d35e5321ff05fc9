import type { Bilingual } from './language.js';

/** The kinds of alerts, as `alerts.on` spells them. */
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

/** What an alert is posted as: JSON, or what the robot of a group chat takes. */
export const alertFormats = ['json', 'wecom-robot', 'dingtalk', 'feishu'] as const;

/** A format of alerts. */
export type AlertFormat = (typeof alertFormats)[number];

/** An address that alerts are posted to. */
export interface AlertTarget {
  readonly on: readonly AlertKind[];
  /** May hold the key of a robot: only its origin is ever shown. */
  readonly url: string;
  /** The shortest time from one alert of a state to the next, in ms. */
  readonly everyMs: number;
  readonly format: AlertFormat;
  /** Signs alerts for robots of DingTalk and Feishu. Default: unsigned. */
  readonly secret?: string;
}

/** Values of an alert for programs. Never message text, never a secret. */
export type AlertDetails = Readonly<Record<string, string | number | readonly string[]>>;

/** A state that makes an alert. */
export interface AlertState {
  readonly kind: AlertKind;
  /** What it is about: the id of a bot, an origin. Each subject has a state of its own. */
  readonly subject: string;
  /** What is wrong and what to do. Never message text, never a secret. */
  readonly text: Bilingual;
  readonly details: AlertDetails;
  /**
   * A state whose aspect changes makes another alert at once: a bot that was logged out wants to be
   * scanned. Default: it has only one.
   */
  readonly aspect?: string;
}

/** Takes states that make alerts. No call throws or waits. */
export interface AlertPort {
  /** Takes a state that begins, or its change. */
  raise(state: AlertState): void;
  /** Ends a state, as `text` says; does nothing when it was never raised. */
  clear(over: Pick<AlertState, 'kind' | 'subject' | 'text'>): void;
  /** Ends a state without an alert: it is of no interest any more. */
  forget(state: Pick<AlertState, 'kind' | 'subject'>): void;
}
