import { BlockList, isIPv6 } from 'node:net';
import type { AdapterKey } from '../../config/config.js';
import type { Bilingual } from '../../core/language.js';
import { ownCommand } from '../../core/own-command.js';
import { puppetExtras } from '../../core/puppet-extras.js';
import { ExitCode } from '../exit-code.js';
import type { CliIo } from '../io.js';
import { alignRows } from './columns.js';
import { type JsonReport, jsonText } from './json.js';

/** An adapter and where its platform has to call. */
export interface CallbackUrl {
  readonly key: AdapterKey;
  readonly options: { readonly name: string };
  /** Absent: the adapter connects to the platform by itself. */
  readonly url?: string;
  /** Where a gRPC client connects, as `host:port`. */
  readonly endpoint?: string;
}

/** Where the platform of a puppet has to call; nothing for one that connects by itself. */
export function callbackUrlOf(puppet: object, address: string): Pick<CallbackUrl, 'url'> {
  const { webhook } = puppetExtras(puppet);
  return webhook === undefined ? {} : { url: address + webhook.path };
}

/** Where operators of a platform paste the address. */
const places: Readonly<Partial<Record<AdapterKey, Bilingual>>> = {
  wecom: {
    en: 'in the admin console: 应用管理 → the app → 接收消息 → 设置API接收',
    zh: '管理后台：应用管理 → 该应用 → 接收消息 → 设置API接收',
  },
  wecomBot: {
    en: 'in the admin console: 安全与管理 → 管理工具 → 智能机器人 → the bot → API模式',
    zh: '管理后台：安全与管理 → 管理工具 → 智能机器人 → 该机器人 → API模式',
  },
  openim: {
    en: '`url` in config/webhooks.yml, followed by / and the callbackSecret',
    zh: 'config/webhooks.yml 的 `url`，末尾加 / 和 callbackSecret',
  },
  wildfire: {
    en: 'config/wildfirechat.conf, with the kind of callback behind it, as in docs/wildfire.md',
    zh: 'config/wildfirechat.conf，末尾加回调种类，见 docs/wildfire.zh-CN.md',
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
  connected: {
    en: '(connects to the platform by itself, no URL needed)',
    zh: '（长连接，无需填写地址）',
  },
  check: {
    en: `To check one: ${ownCommand} doctor --adapter NAME`,
    zh: `检查某个应用：${ownCommand} doctor --adapter 名称`,
  },
} as const;

/** Where the platforms have to call, what stands in the way, and how to check it. */
export function callbackUrlsText(urls: readonly CallbackUrl[], { language }: CliIo): string {
  const lines = alignRows(
    urls.map(({ options, url = words.connected[language] }) => [`  ${options.name}`, url]),
  );
  const called = urls.filter(({ url }) => url !== undefined);
  const keys = [...new Set(called.map(({ key }) => key))];
  const where = keys.flatMap((key) => {
    const place = places[key];
    return place === undefined ? [] : [`  ${key}: ${place[language]}`];
  });
  const hint = called.some(({ url = '' }) => isLocal(url)) ? [words.local[language]] : [];
  const text = [words.title[language], ...lines, ...where, ...hint, words.check[language]];
  return `${text.join('\n')}\n`;
}

/** The `--json` output of what runs adapters, written when all are there. Stable. */
interface RunningJson extends JsonReport {
  readonly adapters: readonly {
    /** The key, e.g. `wecom`. */
    readonly adapter: string;
    readonly name: string;
    /** Absent: the adapter connects to the platform by itself. */
    readonly url?: string;
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
      ...(url !== undefined && { url }),
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
