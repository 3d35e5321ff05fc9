import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { createAlerts } from '../../alerts/alerts.js';
import { type JournalWatch, watchJournal } from '../../alerts/watch/watch-journal.js';
import { type ReceiverWatch, watchReceivers } from '../../alerts/watch/watch-receivers.js';
import { watchRules } from '../../alerts/watch/watch-rules.js';
import type { Config } from '../../config/config.js';
import { loadAlerts } from '../../config/load-alerts.js';
import type { AlertPort } from '../../core/alert.js';
import type { Clock } from '../../core/clock.js';
import type { Journal } from '../../core/journal.js';
import type { Logger } from '../../core/logger.js';
import type { BotBoard } from '../console/bot-board.js';
import type { ConfigSource } from '../load-rules.js';
import { createAlertPost } from './create-alert-post.js';
import { watchedBoard } from './watched-board.js';
import { watchedJournal } from './watched-journal.js';

/** What alerts work with. */
export interface AlertingParts {
  /** Where `alerts` stand. */
  readonly source: ConfigSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Watches a runtime and sends its alerts. Independent of rules and journal. */
export interface Alerting {
  /** For features that find states by themselves. */
  readonly port: AlertPort;
  readonly receivers: ReceiverWatch;
  /** Wraps the board so that each bot that is entered is watched. */
  readonly board: (board: BotBoard) => BotBoard;
  /** Wraps the journal so that it is watched. */
  journal(journal: Journal): Journal;
  /** Takes the error of a journal that cannot be opened, so that there is only memory. */
  readonly journalLost: (error: unknown) => void;
  /** The journal that could not be opened is open. */
  readonly journalFound: () => void;
  /** Takes a configuration that comes into force, with its `alerts`. */
  readonly inForce: (config: Config) => void;
  /** Takes the error of a change that does not hold: the former `alerts` stay in force. */
  readonly refused: (error: unknown) => void;
  /** Takes the error of rules that never held; the `alerts` of the file are used, if they hold. */
  readonly unusable: (error: unknown) => void;
  /** Sends nothing any more. */
  readonly close: () => void;
}

/** Begins to watch; sends nothing before the configuration is read. */
export function createAlerting({ source, clock, logger }: AlertingParts): Alerting {
  const poster = createAlertPost();
  const instance = `${hostname()}/${process.pid}`;
  const alerts = createAlerts({ post: poster.post, clock, logger, instance });
  const rules = watchRules(alerts);
  const watch: JournalWatch = watchJournal(alerts);
  let isInForce = false;
  const useAlone = async () => {
    if (source === undefined) return;
    try {
      const targets = await loadAlerts(typeof source === 'string' ? resolve(source) : source);
      if (!isInForce) alerts.use(targets);
    } catch {
      // The log has the faults of the file already.
    }
  };
  return {
    port: alerts,
    receivers: watchReceivers(alerts),
    board: (board) => watchedBoard(board, alerts, clock),
    journal: (journal) =>
      watchedJournal(journal, { watch, taskFailed: (task) => alerts.taskFailed(task) }),
    journalLost: (error) => watch.lost(error),
    journalFound: () => watch.found(),
    inForce: (config) => {
      isInForce = true;
      alerts.use(config.alerts);
      rules.inForce();
    },
    refused: (error) => rules.broken(error, true),
    unusable: (error) => {
      rules.broken(error, false);
      void useAlone();
    },
    close: () => {
      alerts.close();
      poster.close();
    },
  };
}
