import { createWeComClient, type WeComClient } from '../../../src/adapters/wecom/client.js';
import type { Logger } from '../../../src/core/logger.js';
import { type ManualClock, manualClock } from '../manual-clock.js';
import { type FakeWeCom, type FakeWeComOptions, startFakeWeCom } from './fake-wecom.js';

/** A client and the platform that it calls, on one clock that stands still. */
export interface RunningClient {
  readonly fake: FakeWeCom;
  readonly client: WeComClient;
  readonly clock: ManualClock;
  /** Every log line with its fields, as text. */
  readonly lines: readonly string[];
  /** Moves time on, step by step, until it is settled. */
  readonly settle: <T>(work: Promise<T>, stepMs?: number) => Promise<T>;
  stop(): Promise<void>;
}

/** Starts both; `stop` them in `afterEach`. */
export async function startClient(
  options: FakeWeComOptions & { readonly timeoutMs?: number } = {},
): Promise<RunningClient> {
  const clock = manualClock();
  const fake = await startFakeWeCom({ clock, ...options });
  const lines: string[] = [];
  const { timeoutMs } = options;
  const client = createWeComClient({
    corpId: fake.corpId,
    agentId: fake.app.agentId,
    secret: fake.app.secret,
    baseUrl: fake.origin,
    clock,
    logger: logInto(lines),
    random: () => 0.5,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  return {
    fake,
    client,
    clock,
    lines,
    settle: async (work, stepMs = 1000) => {
      const state = { isSettled: false };
      const watched = work.finally(() => {
        state.isSettled = true;
      });
      watched.catch(() => {});
      while (!state.isSettled) {
        await new Promise((resolve) => {
          setTimeout(resolve, 2);
        });
        if (clock.sleeping > 0) await clock.advance(stepMs);
      }
      return await watched;
    },
    stop: async () => {
      await client.close();
      await fake.close();
    },
  };
}

/** A logger that keeps every line. */
function logInto(lines: string[]): Logger {
  const add: Logger['info'] = (text, fields = {}) => {
    lines.push(`${text.en} ${text.zh} ${JSON.stringify(fields)}`);
  };
  return { debug: add, info: add, warn: add, error: add };
}
