import { BlockList, isIPv6 } from 'node:net';
import type { AdapterKey } from '../../config/config.js';
import type { Bilingual } from '../../core/language.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { alignRows } from './columns.js';
import { type JsonReport, jsonText } from './json.js';

/** An adapter and where its platform has to call. */
export interface CallbackUrl {
  readonly key: AdapterKey;
  readonly options: { readonly name: string };
  readonly url: string;
  /** Where a gRPC client connects, as `host:port`. */
  readonly endpoint?: string;
}

/** Where operators of a platform paste the address. */
const places: Readonly<Partial<Record<AdapterKey, Bilingual>>> = {
  wecom: {
    en: 'in the admin console: 应用管理 → the app → 接收消息 → 设置API接收',
    zh: '管理后台：应用管理 → 该应用 → 接收消息 → 设置API接收',
  },
};

const words = {
  title: {
    en: 'Callback URLs, to be pasted on the platforms:',
    zh: '回调地址（请填写到对应平台）：',
  },
  local: {
    en: 'These addresses are known to this computer only. Let a reverse proxy or a tunnel lead here, and set `server.publicUrl` to the address that it has outside, e.g. https://bot.example.com.',
    zh: '以上地址只能从本机访问。请用反向代理或内网穿透转发到此处，并把 `server.publicUrl` 设为对外的地址，例如 https://bot.example.com。',
  },
  check: {
    en: 'To check one: npx wechaty-callback doctor --adapter NAME',
    zh: '检查某个应用：npx wechaty-callback doctor --adapter 名称',
  },
} as const;

/** Where the platforms have to call, what stands in the way, and how to check it. */
export function callbackUrlsText(urls: readonly CallbackUrl[], { language }: CliIo): string {
  const lines = alignRows(urls.map(({ options, url }) => [`  ${options.name}`, url]));
  const keys = [...new Set(urls.map(({ key }) => key))];
  const where = keys.flatMap((key) => {
    const place = places[key];
    return place === undefined ? [] : [`  ${key}: ${place[language]}`];
  });
  const hint = urls.some(({ url }) => isLocal(url)) ? [words.local[language]] : [];
  const text = [words.title[language], ...lines, ...where, ...hint, words.check[language]];
  return `${text.join('\n')}\n`;
}

/** The `--json` output of what runs adapters, written when all are there. Stable. */
interface RunningJson extends JsonReport {
  readonly adapters: readonly {
    /** The key, e.g. `wecom`. */
    readonly adapter: string;
    readonly name: string;
    readonly url: string;
    /** Where a gRPC client connects, as `host:port`; of `serve-puppet` only. */
    readonly endpoint?: string;
  }[];
  /** What clients must know; of `serve-puppet` only. */
  readonly token?: string;
}

/** The same for programs; `token` is what clients of `serve-puppet` must know. */
export function callbackUrlsJson(
  command: string,
  urls: readonly CallbackUrl[],
  token?: string,
): string {
  const report: RunningJson = {
    command,
    exitCode: ExitCode.Ok,
    errors: [],
    adapters: urls.map(({ key, options: { name }, url, endpoint }) => ({
      adapter: key,
      name,
      url,
      ...(endpoint !== undefined && { endpoint }),
    })),
    ...(token !== undefined && { token }),
  };
  return jsonText(report);
}

const localAddresses = new BlockList();
localAddresses.addSubnet('127.0.0.0', 8);
localAddresses.addAddress('0.0.0.0');
localAddresses.addAddress('::', 'ipv6');
localAddresses.addAddress('::1', 'ipv6');

/** Whether nobody but this computer reaches it. */
function isLocal(url: string): boolean {
  const host = new URL(url).hostname.replaceAll(/[[\]]/gu, '');
  return host === 'localhost' || localAddresses.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}
