import { redactUrl } from '../../core/redact.js';
import type { Rule } from '../../core/rule.js';
import { type ConsoleContext, createPart, type Part } from './console-context.js';
import { chartQuery, type HealthOverview, type InstanceRow, type ReceiverRow } from './contract.js';
import { consoleError, parsed } from './failures.js';

/** Bots, receivers, and how much there is to do. */
export function healthRoutes(parts: ConsoleContext): Part {
  const { bots, journal, rules, observer, startedAt, audit } = parts;
  const instances = async () => await instanceRows(parts).catch(() => undefined);
  const app = createPart();
  app.get('/health', async (context) => {
    const [stats, rows] = await Promise.all([journal.stats().catch(() => undefined), instances()]);
    const health: HealthOverview = {
      bots: bots.list().map((bot) => {
        const lastSaidAt = bot.id === undefined ? undefined : observer.lastSaidAt(bot.id);
        return { ...bot, ...(lastSaidAt !== undefined && { lastSaidAt }) };
      }),
      receivers: receiverRows(parts),
      ...(rows && { instances: rows }),
      ...(stats && { tasks: stats.counts }),
      ...(stats?.oldestUnsettled !== undefined && { oldestUnsettled: stats.oldestUnsettled }),
      rules: rules.config().rules.filter(({ enabled }) => enabled).length,
      startedAt,
    };
    return context.json(health);
  });
  app.get('/charts', (context) => {
    const { span } = parsed(chartQuery, context.req.query());
    return context.json(observer.minutes.charts(span));
  });
  app.post('/bots/:key/self-test', async (context) => {
    const tested = await bots.selfTest(context.req.param('key'));
    if (tested === undefined) throw consoleError('not-found');
    audit(context, { en: 'a bot was asked to test itself.', zh: '已运行机器人自检。' });
    return context.json(tested);
  });
  return app;
}

async function instanceRows({
  instances,
  self,
}: ConsoleContext): Promise<readonly InstanceRow[] | undefined> {
  const known = await instances?.();
  return known?.map(({ name, isAlive, state, place, version, rules, startedAt }) => ({
    place,
    version,
    rules,
    startedAt,
    state: isAlive || state === 'stopped' ? state : 'lost',
    isSelf: name === self,
  }));
}

/** Those that rules call, and those that were called lately. */
function receiverRows({ receivers, rules, observer }: ConsoleContext): readonly ReceiverRow[] {
  const states = new Map(receivers().map((state) => [state.origin, state]));
  const callers = callersOf(rules.config().rules);
  const asWritten = rules.asWritten();
  const origins = new Set([...callers.keys(), ...states.keys()]);
  return [...origins].map((origin) => {
    const { breaker = 'closed', calls = 0 } = states.get(origin) ?? {};
    const hour = observer.times.lastHour(origin);
    return {
      origin: asWritten(origin),
      breaker,
      calls,
      callsLastHour: hour.calls,
      failuresLastHour: hour.failures,
      ...(hour.p50Ms !== undefined && { p50Ms: hour.p50Ms }),
      ...(hour.p95Ms !== undefined && { p95Ms: hour.p95Ms }),
      rules: (callers.get(origin) ?? []).map(asWritten),
    };
  });
}

function callersOf(rules: readonly Rule[]): ReadonlyMap<string, readonly string[]> {
  const callers = new Map<string, string[]>();
  for (const { name, enabled, callback } of rules) {
    if (!enabled) continue;
    for (const url of [callback.url, callback.fallbackUrl]) {
      const origin = url === undefined ? undefined : originOf(url);
      if (origin === undefined) continue;
      const names = callers.get(origin) ?? [];
      if (names.at(-1) !== name) names.push(name);
      callers.set(origin, names);
    }
  }
  return callers;
}

/** Variables stand in path and query only, so the origin can be told without them. */
function originOf(url: string): string | undefined {
  const plain = /^https?:\/\/[^/?#]*/iu.exec(redactUrl(url))?.[0] ?? '';
  return URL.canParse(plain) ? new URL(plain).origin : undefined;
}
