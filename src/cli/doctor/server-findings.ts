import { adminServer, hasOwnAdmin, sharedPortAdvice } from '../../config/admin-server.js';
import type { Config } from '../../config/config.js';
import type { Bilingual } from '../../core/language.js';
import { isLoopbackHost } from '../../core/loopback-host.js';
import type { Finding } from './finding.js';

/** What is looked at. */
export type ServerSections = Pick<Config, 'server' | 'admin' | 'console' | 'metrics'>;

/** What the sections say of who can reach what is for operators alone. Asks nobody. */
export function serverFindings(config: ServerSections): readonly Finding[] {
  return [ownPort(config), consoleTls(config), operatorsHost(config), proxyAddresses(config)];
}

function ownPort(config: ServerSections): Finding {
  const advice = sharedPortAdvice(config);
  return {
    name: 'own-port',
    title: {
      en: 'webhooks that the network reaches share no port with console and metrics',
      zh: '网络可访问的 webhook 不与控制台、指标共用端口',
    },
    ...(advice === undefined ? { result: 'pass' } : { result: 'fail', advice: sentence(advice) }),
  };
}

/** The texts of `check` are no sentences: they stand behind a place in the file. */
function sentence({ en, zh }: Bilingual): Bilingual {
  return { en: `${en.charAt(0).toUpperCase()}${en.slice(1)}.`, zh: `${zh}。` };
}

function consoleTls(config: ServerSections): Finding {
  const title = {
    en: 'the password of the console does not travel in the clear',
    zh: '控制台密码不以明文传输',
  };
  const finding = { name: 'console-tls', title } as const;
  if (!config.console.enabled) return { ...finding, result: 'skipped', advice: noConsole };
  const { host, publicUrl } = adminServer(config);
  if (publicUrl?.startsWith('https:')) return { ...finding, result: 'pass' };
  if (publicUrl === undefined && isLoopbackHost(host)) return { ...finding, result: 'pass' };
  const section = sectionOf(config);
  const advice = {
    en: `The console can be reached from other computers without TLS: passwords and messages can be read on the way. Put a proxy with TLS before it and set \`${section}.publicUrl\` to its https:// address; or set \`${section}.host\` to 127.0.0.1 and use \`ssh -L\`.`,
    zh: `其他计算机可在没有 TLS 的情况下访问控制台：密码和消息可能在传输中被窃听。请在前面加上支持 TLS 的反向代理，并将 \`${section}.publicUrl\` 设为其 https:// 地址；或将 \`${section}.host\` 设为 127.0.0.1，再用 \`ssh -L\` 访问。`,
  };
  return { ...finding, result: 'fail', advice };
}

function operatorsHost(config: ServerSections): Finding {
  const title = {
    en: 'a listener for operators is reached from this computer alone',
    zh: '运维端口仅本机可访问',
  };
  const finding = { name: 'operators-host', title } as const;
  if (!hasOwnAdmin(config)) return { ...finding, result: 'skipped', advice: noAdmin };
  const { host } = adminServer(config);
  if (isLoopbackHost(host)) return { ...finding, result: 'pass' };
  const advice = {
    en: '`admin.host` lets other computers in, and /metrics and the details of /healthz have no password. In a container that is as it should be, if its port is published on 127.0.0.1 of the machine; elsewhere use 127.0.0.1, or let a firewall decide who reaches it.',
    zh: '`admin.host` 允许其他计算机访问，而 /metrics 与 /healthz 的详情没有密码。在容器中这样设置是正确的，但须只在宿主机的 127.0.0.1 上发布该端口；否则请改为 127.0.0.1，或用防火墙限制来源。',
  };
  return { ...finding, result: 'pass', advice };
}

function proxyAddresses(config: ServerSections): Finding {
  const title = {
    en: 'logins are counted for the address that they come from',
    zh: '按来源地址限制登录次数',
  };
  const finding = { name: 'proxy-addresses', title } as const;
  if (!config.console.enabled) return { ...finding, result: 'skipped', advice: noConsole };
  const { host, publicUrl, trustProxy } = adminServer(config);
  const section = sectionOf(config);
  if (trustProxy && !isLoopbackHost(host)) {
    const advice = {
      en: `\`${section}.trustProxy\` believes X-Forwarded-For: let nobody but the proxy reach the port, or guessed passwords are no longer slowed down for each address.`,
      zh: `\`${section}.trustProxy\` 会采信 X-Forwarded-For：请确保只有代理能访问该端口，否则按地址减缓猜密码的限制将失效。`,
    };
    return { ...finding, result: 'pass', advice };
  }
  if (trustProxy || publicUrl === undefined) return { ...finding, result: 'pass' };
  const advice = {
    en: `\`${section}.publicUrl\` is that of a proxy, and without \`${section}.trustProxy: true\` all logins come from its address: who guesses passwords slows everybody down.`,
    zh: `\`${section}.publicUrl\` 是代理的地址；未设置 \`${section}.trustProxy: true\` 时，所有登录都视为来自代理，猜密码的人会拖慢所有人。`,
  };
  return { ...finding, result: 'fail', advice };
}

/** Where the settings of the console's listener stand. */
function sectionOf(config: ServerSections): 'server' | 'admin' {
  return hasOwnAdmin(config) ? 'admin' : 'server';
}

const noConsole: Bilingual = {
  en: 'Not tested: there is no console (`console.enabled`).',
  zh: '未检查：未启用控制台（`console.enabled`）。',
};
const noAdmin: Bilingual = {
  en: 'Not tested: there is no such listener (`admin`).',
  zh: '未检查：没有单独的运维端口（`admin`）。',
};
