import { resolve } from 'node:path';
import type { AsWritten } from '../config/as-written.js';
import type { Config } from '../config/config.js';
import { watchConfig } from '../config/watch-config.js';
import type { Logger } from '../core/logger.js';
import { lacksFiles } from '../core/open-files.js';
import type { Rule } from '../core/rule.js';
import type { RuleSet } from '../rules/rule-set.js';
import { boundedLogger } from './bounded-logger.js';
import { type ConfigSource, type LoadedRules, loadRules } from './load-rules.js';
import { type RulebookLog, rulebookLog } from './rulebook-log.js';

/** The rules in force: replaced all at once when the file changes, kept when the change is bad. */
export interface Rulebook {
  readonly config: Config;
  readonly ruleSet: RuleSet;
  /** The configuration as it was written: `${NAME}` is not filled in. */
  readonly written: unknown;
  /** Hides in texts about it what the environment filled in. */
  readonly asWritten: AsWritten;
  /** What relative paths in the configuration count from, absolute. */
  readonly directory: string;
  /** Absolute; absent when the configuration was handed over as an object. */
  readonly file: string | undefined;
  /** A rule by name, `undefined` when it is gone or disabled. */
  rule(name: string): Rule | undefined;
  /** Lets a rule rest until the next reload. */
  pause(name: string): void;
  isPaused(name: string): boolean;
  /** Stops watching. */
  close(): void;
}

/** How a rulebook is opened. */
export interface RulebookOptions {
  readonly logger: Logger;
  /** Ends the waiting for a broken file to be mended. */
  readonly signal: AbortSignal;
  /** Whether the `adapters` of the configuration are run. Default: false. */
  readonly runsAdapters?: boolean;
  /** Told when the rules are unusable at first. */
  readonly onBroken: (error: unknown) => void;
  /** Called when a change of them does not hold. Default: nothing. */
  readonly onRefused?: (error: unknown) => void;
  /** Called with the configuration whenever it comes into force. */
  readonly onRules: (config: Config) => void;
}

interface Edition
  extends Pick<LoadedRules, 'config' | 'ruleSet' | 'written' | 'asWritten' | 'directory' | 'file'> {
  readonly byName: ReadonlyMap<string, Rule>;
  readonly paused: Set<string>;
}

/**
 * Opens the rules and watches their file. While they are unusable this is said in the log, and
 * the file is waited for until it is mended.
 *
 * @returns `undefined` when there is no file to wait for, or `signal` ends the waiting
 */
export function openRulebook(
  source: ConfigSource,
  { logger, signal, runsAdapters, onBroken, onRefused, onRules }: RulebookOptions,
): Promise<Rulebook | undefined> {
  const file = typeof source === 'string' ? resolve(source) : undefined;
  return new Promise((resolveOpened) => {
    let first: Edition | undefined;
    let edition: Edition | undefined;
    // What is read says itself how much of its own reading is told.
    const log = rulebookLog(boundedLogger(logger, () => edition?.config.log.level ?? 'info'));
    const read = async () => {
      try {
        const next = editionOf(await loadRules(source));
        const former = edition;
        first ??= next;
        edition = next;
        if (former === undefined) resolveOpened(rulebookOf(() => edition ?? next, stop));
        else log.changed({ first: first.config, former: former.config, next: next.config });
        log.inForce(next.byName.size, { file, isFirst: former === undefined });
        onRules(next.config);
        if (!runsAdapters) log.idleAdapters(next.config);
      } catch (error) {
        if (again(error)) return;
        if (edition !== undefined) {
          onRefused?.(error);
          return log.refused(error);
        }
        log.unusable(error, file);
        onBroken(error);
        if (file === undefined || signal.aborted) stop();
      }
    };
    // Watched before it is read, so that no change falls between; read one after another.
    let reading = Promise.resolve();
    const readNext = () => {
      reading = reading.then(read);
    };
    const again = (error: unknown) => readLater(error, readNext, { file, log, signal });
    const watch =
      file === undefined ? undefined : watchConfig(file, readNext, { onGone: () => log.gone() });
    const stop = () => {
      watch?.close();
      resolveOpened(undefined);
    };
    const stopUnlessOpen = async () => {
      await reading;
      if (edition === undefined) stop();
    };
    signal.addEventListener('abort', () => void stopUnlessOpen());
    readNext();
  });
}

/** How long after it could not be opened a file is read again, in ms. */
const againMs = 3000;

interface ReadAgain {
  readonly file: string | undefined;
  readonly log: RulebookLog;
  readonly signal: AbortSignal;
}

/**
 * The program may open no more files: that says nothing of the rules, which are read in a moment.
 *
 * @returns whether they will be
 */
function readLater(error: unknown, readNext: () => void, where: ReadAgain): boolean {
  const { file, log, signal } = where;
  if (file === undefined || signal.aborted || !lacksFiles(error)) return false;
  log.noFiles();
  const timer = setTimeout(readNext, againMs).unref();
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return true;
}

function rulebookOf(current: () => Edition, close: () => void): Rulebook {
  return {
    get config() {
      return current().config;
    },
    get ruleSet() {
      return current().ruleSet;
    },
    get written() {
      return current().written;
    },
    get asWritten() {
      return current().asWritten;
    },
    get directory() {
      return current().directory;
    },
    get file() {
      return current().file;
    },
    rule: (name) => current().byName.get(name),
    pause: (name) => current().paused.add(name),
    isPaused: (name) => current().paused.has(name),
    close,
  };
}

function editionOf(loaded: LoadedRules): Edition {
  const enabled = loaded.config.rules.filter((rule) => rule.enabled);
  const byName = new Map(enabled.map((rule) => [rule.name, rule]));
  return { ...loaded, byName, paused: new Set() };
}
