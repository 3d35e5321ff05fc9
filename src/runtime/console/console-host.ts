import { adminServer } from '../../config/admin-server.js';
import type { Config } from '../../config/config.js';
import { consolePath } from '../../console/api/contract.js';
import { closedConsole } from '../../console/closed-console.js';
import { createConsole } from '../../console/console-app.js';
import { createObserver, type Observer } from '../../console/observe/observer.js';
import type { RulesPort } from '../../console/ports.js';
import type { Clock } from '../../core/clock.js';
import { textOf } from '../../core/errors.js';
import { explainWaits, type WaitSources } from '../../core/explain-waits.js';
import { knownInstances } from '../../core/instances.js';
import type { Journal } from '../../core/journal.js';
import type { Bilingual } from '../../core/language.js';
import type { Logger } from '../../core/logger.js';
import { isLoopbackHost } from '../../core/loopback-host.js';
import type { ReceiverState } from '../../core/metrics.js';
import { ownPackage } from '../../core/own-package.js';
import type { PersonalData } from '../../core/personal-records.js';
import type { SharedState } from '../../core/shared-state.js';
import { createSender } from '../../delivery/send.js';
import { createMemorySharedState } from '../../journal/memory-shared-state.js';
import { journalOperations } from '../../server/control/journal-operations.js';
import { announcer } from '../announce.js';
import { commandOn } from '../command-on.js';
import type { Onlooker } from '../engine.js';
import type { HttpService } from '../http-service.js';
import type { ConfigSource } from '../load-rules.js';
import type { Rulebook } from '../rulebook.js';
import type { BotBoard } from './bot-board.js';
import { botsPort } from './bots-port.js';
import { reasonText } from './reason-text.js';
import { rulesPort } from './rules-port.js';
import { openRequest, shownRequest, shownResponse } from './shown-call.js';
import { trialPort } from './trial-port.js';

/** What the console of a runtime is made of. */
export interface ConsoleHostParts {
  readonly source: ConfigSource;
  readonly board: BotBoard;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A runtime whose rules are in force. */
export interface HostedParts {
  readonly rulebook: Rulebook;
  readonly journal: Journal;
  /** What other instances see, too; absent: this program is alone. */
  readonly shared?: SharedState | undefined;
  readonly receivers: () => readonly ReceiverState[];
  /** For what a waiting task waits that is behind no other. */
  readonly waitsFor: WaitSources['program'];
}

/** The console of one runtime. */
export interface ConsoleHost {
  /** Looks on from now on, if the configuration wants a console. */
  onlooker(rulebook: Rulebook): Onlooker | undefined;
  /** Other rules are in force. */
  rulesChanged(): void;
  /** The rules do not hold: a page says so where the console will be. May be told again. Never rejects. */
  awaitRules(http: HttpService): Promise<void>;
  /** Offers the console on the HTTP server, if it is wanted. Never rejects: the log says why not. */
  offer(hosted: HostedParts, http: HttpService): Promise<void>;
  /** What it remembers of people; absent: nothing. */
  personal(): PersonalData | undefined;
  /** Ends what lasts. */
  close(): void;
}

/** Nothing is open yet. */
export function createConsoleHost(parts: ConsoleHostParts): ConsoleHost {
  const { clock, logger } = parts;
  const listeners = new Set<() => void>();
  const onChange = (told: () => void) => {
    listeners.add(told);
    return () => listeners.delete(told);
  };
  let observer: Observer | undefined;
  let opened: { close(): void } | undefined;
  let isClosed = false;
  let removeClosed: (() => void) | undefined;
  return {
    onlooker: (rulebook) => {
      if (!rulebook.config.console.enabled) return undefined;
      observer = observe(rulebook, clock);
      return onlookerOf(observer, rulebook);
    },
    rulesChanged: () => {
      for (const told of listeners) told();
    },
    awaitRules: async (http) => {
      if (removeClosed !== undefined || isClosed) return;
      removeClosed = http.admin.add(consolePath, closedConsole());
      tellWaiting(logger, await http.wantAdmin());
    },
    offer: async (hosted, http) => {
      removeClosed?.();
      if (observer === undefined || isClosed) return;
      try {
        opened = await offer({ ...parts, ...hosted, http, observer, onChange });
      } catch (error) {
        logger.error(cannotStart(textOf(error)));
      }
    },
    personal: () => observer?.personal(),
    close: () => {
      isClosed = true;
      opened?.close();
    },
  };
}

interface OfferParts extends ConsoleHostParts, HostedParts {
  readonly http: HttpService;
  readonly observer: Observer;
  readonly onChange: RulesPort['onChange'];
}

/** Opens the console and adds it to the server. */
async function offer(parts: OfferParts): Promise<{ close(): void }> {
  const { source, rulebook, board, clock, http, journal, observer, shared, waitsFor } = parts;
  const sender = createSender();
  const opened = await createConsole({
    ...parts,
    version: ownPackage.version ?? '',
    startedAt: clock.now(),
    directory: rulebook.directory,
    passwordCommand: commandOn('console-password', rulebook.file),
    rules: rulesPort(source, rulebook, parts.onChange),
    trial: trialPort(sender, clock),
    bots: botsPort({
      board,
      clock,
      address: () => http.address(),
      servedAt: () => http.servedAt(rulebook.config.server),
    }),
    operations: journalOperations(journal),
    whyWaiting: explainWaits({ journal, now: () => clock.now(), program: waitsFor }),
    state: shared ?? createMemorySharedState(clock),
    ...(shared && { instances: () => knownInstances(shared), self: shared.instance }),
    reasonText,
    announce: announcer(process.env),
  });
  const remove = http.admin.add(consolePath, opened.app);
  board.onChange = () => observer.feed.publish({ kind: 'health', at: clock.now() });
  tellAddress(parts.logger, await http.wantAdmin(), rulebook.config);
  return {
    close: () => {
      remove();
      opened.close();
      sender.close();
    },
  };
}

function cannotStart({ en, zh }: Bilingual): Bilingual {
  return {
    en: `No console, the bot runs without it: ${en}`,
    zh: `控制台未启动，机器人继续运行：${zh}`,
  };
}

function observe(rulebook: Rulebook, clock: Clock): Observer {
  return createObserver({
    clock,
    limits: () => limitsOf(rulebook.config),
    bytes: () => rulebook.config.memory.consoleBytes,
    isPrivate: () => rulebook.config.console.private,
    reasonText,
  });
}

function limitsOf({ console: { history }, journal }: Config) {
  return history === false ? undefined : { ...history, textMs: journal.retention.answeredTextMs };
}

function onlookerOf(observer: Observer, rulebook: Rulebook): Onlooker {
  return {
    witness: observer.witness,
    watch: (journal) => observer.watch(journal),
    onCall: ({ task }, { request, answer, attempt }) => {
      const rule = rulebook.rule(task.rule);
      if (rule === undefined) return;
      observer.called({
        task: task.id,
        origin: request.url.origin,
        at: attempt.startedAt,
        durationMs: attempt.durationMs,
        request: shownRequest(openRequest(task, rule, request), rule, rulebook.asWritten),
        response: shownResponse(answer, rule, rulebook.asWritten),
      });
    },
  };
}

function tellWaiting(logger: Logger, address: string | undefined): void {
  if (address === undefined) return;
  const url = `${address}${consolePath}/`;
  logger.warn({
    en: `The console opens once the rules can be used: ${url}`,
    zh: `规则可用后控制台才会打开：${url}`,
  });
}

function tellAddress(logger: Logger, address: string | undefined, config: Config): void {
  if (address === undefined) return;
  const url = `${address}${consolePath}/`;
  logger.info({ en: `Console: ${url}`, zh: `控制台：${url}` });
  // Of a port that is shared for want of a word the HTTP service says more.
  const isMeant = config.admin !== undefined && !isLoopbackHost(adminServer(config).host);
  if (isMeant && !address.startsWith('https:')) logger.warn(unprotected);
}

const unprotected: Bilingual = {
  en: 'The console is reachable from the network without TLS: passwords and messages can be read on the way. Put a proxy with TLS before it and set the `publicUrl` of its listener.',
  zh: '控制台可从网络访问且未使用 TLS：密码和消息可能在传输中被窃听。请在前面加上支持 TLS 的反向代理，并设置该监听地址的 `publicUrl`。',
};
