import { z } from 'zod';
import { openIMOptionsSchema } from '../../adapters/openim/options.js';
import { weComOptionsSchema } from '../../adapters/wecom/options.js';
import { weComBotOptionsSchema } from '../../adapters/wecom-bot/options.js';
import { wildfireOptionsSchema } from '../../adapters/wildfire/options.js';
import { expected } from '../../core/expectation.js';
import { keys } from '../../core/schema-values.js';
import type { AdapterConfig, AdapterKey } from '../config.js';

const uniqueName = expected(
  'a name that no other adapter has (without one, an adapter is called like its key)',
  '与其他适配器不同的名称（未写时即为键名）',
);

const uniquePath = expected('a path that no other adapter has', '与其他适配器不同的路径');

const uniqueStore = expected('a file that no other adapter has', '与其他适配器不同的文件');

/** The platform puts something behind the path of these, so what lies below it is theirs. */
const ownersOfPaths: ReadonlySet<AdapterKey> = new Set(['openim', 'wildfire']);
const pathOfAnother = expected(
  'a path that is not below that of another adapter',
  '不在其他适配器路径之下的路径',
);

interface ClaimedPath {
  readonly path: string;
  readonly key: AdapterKey;
  readonly report: (message: string) => void;
}

/** What no two adapters may share; a bot that hears over a connection of its own needs no path. */
function claimsOf(options: object): { readonly path?: string; readonly store?: string } {
  const { mode, path, store } = options as Readonly<Record<string, string | undefined>>;
  return {
    ...(path !== undefined && mode !== 'websocket' && { path }),
    ...(store !== undefined && store !== 'memory' && { store }),
  };
}

function reportPathsBelowOthers(claimed: readonly ClaimedPath[]): void {
  const owned = claimed.filter(({ key }) => ownersOfPaths.has(key)).map(({ path }) => path);
  for (const { path, report } of claimed) {
    if (owned.some((above) => path.startsWith(`${above}/`))) report(pathOfAnother);
  }
}

function oneOrMore<Options extends z.ZodType>(schema: Options) {
  return z.union([schema, z.array(schema).min(1)], {
    error: expected('keys and values, or a list of them', '键值表，或其列表'),
  });
}

/** The adapters: every key holds a list afterwards, empty when the platform is not used. */
export const adapters = keys({
  wecom: oneOrMore(weComOptionsSchema).exactOptional().describe('WeCom apps. / 企业微信应用。'),
  wecomBot: oneOrMore(weComBotOptionsSchema)
    .exactOptional()
    .describe('WeCom AI bots. / 企业微信智能机器人。'),
  openim: oneOrMore(openIMOptionsSchema).exactOptional().describe('OpenIM bots. / OpenIM 机器人。'),
  wildfire: oneOrMore(wildfireOptionsSchema)
    .exactOptional()
    .describe('Bots on WildfireChat servers. / 野火 IM 机器人。'),
}).transform((value, context) => {
  const names = new Set<string>();
  const stores = new Set<string>();
  const paths = new Map<string, ClaimedPath>();
  const named = (key: AdapterKey): readonly AdapterConfig[] => {
    const found: unknown = value[key] ?? [];
    const list = (Array.isArray(found) ? found : [found]) as readonly Partial<AdapterConfig>[];
    const placeOf = (index: number) => (Array.isArray(found) ? [key, index] : [key]);
    return list.map((each, index) => {
      const { name = key } = each;
      const { path, store } = claimsOf(each);
      const report = (option: string, message: string) =>
        context.addIssue({ code: 'custom', path: [...placeOf(index), option], message });
      if (names.has(name)) report('name', uniqueName);
      if (store !== undefined && stores.has(store)) report('store', uniqueStore);
      if (path !== undefined && paths.has(path)) report('path', uniquePath);
      names.add(name);
      if (store !== undefined) stores.add(store);
      if (path !== undefined) {
        paths.set(path, { path, key, report: (message) => report('path', message) });
      }
      return { ...each, name };
    });
  };
  const all = {
    wecom: named('wecom'),
    wecomBot: named('wecomBot'),
    openim: named('openim'),
    wildfire: named('wildfire'),
  };
  reportPathsBelowOthers([...paths.values()]);
  return all;
});
