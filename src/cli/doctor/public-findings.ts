import { hasOwnAdmin } from '../../config/admin-server.js';
import type { Bilingual } from '../../core/language.js';
import type { Finding } from './finding.js';
import type { ServerSections } from './server-findings.js';

/** How long an answer may take, in ms. */
const patienceMs = 5000;
/** More of an answer is not read, in bytes. */
const maxBytes = 64 * 1024;

/** One thing that strangers should not get at the public address. */
interface PublicCheck {
  readonly name: string;
  readonly title: Bilingual;
  readonly path: string;
  /** True for an answer that only this program gives. */
  readonly isOurs: (status: number, body: string) => boolean;
  readonly advice: Bilingual;
}

const toAdmin: Bilingual = {
  en: 'Give operators a port of their own (`admin`), and let the proxy lead strangers to the port of the webhooks alone.',
  zh: '请为运维单独设置端口（`admin`），并让代理只把外部请求转发到 webhook 的端口。',
};

const checks: readonly PublicCheck[] = [
  {
    name: 'public-metrics',
    title: { en: 'strangers get no metrics', zh: '外部无法读取指标' },
    path: '/metrics',
    isOurs: (_status, body) => body.includes('# HELP wechaty_callback_'),
    advice: {
      en: `Everybody can read /metrics there, which has no password. ${toAdmin.en}`,
      zh: `任何人都能在该地址读取没有密码的 /metrics。${toAdmin.zh}`,
    },
  },
  {
    name: 'public-health',
    title: { en: 'strangers get no details of health', zh: '外部无法读取健康详情' },
    path: '/healthz',
    isOurs: (_status, body) => body.startsWith('{') && body.includes('"problems":['),
    advice: {
      en: `Everybody can read the details of /healthz there: how many rules, bots and tasks there are, and what fails. ${toAdmin.en}`,
      zh: `任何人都能在该地址读取 /healthz 的详情：规则、机器人和任务的数量以及故障。${toAdmin.zh}`,
    },
  },
  {
    name: 'public-console',
    title: { en: 'strangers get no console', zh: '外部无法访问控制台' },
    path: '/console/api/session',
    isOurs: (status, body) => status === 401 && body.includes('"no-session"'),
    advice: {
      en: 'The proxy leads /console/ of this address to the port for operators. Take that path away from it, and give the console an address of its own (`admin.publicUrl`).',
      zh: '代理把该地址的 /console/ 转发到了运维端口。请取消此路径的转发，并为控制台设置单独的地址（`admin.publicUrl`）。',
    },
  },
];

/**
 * Asks the public address (`server.publicUrl`) as a stranger would, one thing after another. Where the
 * console has no listener of its own it is meant to be at that address. Never rejects.
 */
export async function publicFindings(config: ServerSections): Promise<readonly Finding[]> {
  const { publicUrl } = config.server;
  const wanted = checks.filter(({ name }) => name !== 'public-console' || hasOwnAdmin(config));
  const findings: Finding[] = [];
  for (const { name, title, path, isOurs, advice } of wanted) {
    const finding = { name, title };
    if (publicUrl === undefined) {
      findings.push({ ...finding, result: 'skipped', advice: noPublicUrl });
      continue;
    }
    const startedAt = Date.now();
    const seen = await ask(new URL(path, publicUrl));
    const ms = Date.now() - startedAt;
    if (seen === undefined) findings.push({ ...finding, result: 'skipped', ms, advice: silent });
    else {
      const { status, body } = seen;
      const isFound = isOurs(status, body);
      findings.push({ ...finding, status, ms, ...(isFound ? { result: 'fail', advice } : passed) });
    }
  }
  return findings;
}

const passed = { result: 'pass' } as const;

/** What is answered; `undefined`: nothing. */
async function ask(url: URL): Promise<{ status: number; body: string } | undefined> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { redirect: 'manual', signal });
    return { status: response.status, body: await beginningOf(response) };
  } catch {
    return undefined;
  }
}

async function beginningOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
    if (bytes > maxBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

const noPublicUrl: Bilingual = {
  en: 'Not tested: `server.publicUrl` does not say under which address the outside reaches the webhooks.',
  zh: '未检查：未用 `server.publicUrl` 说明外部访问 webhook 的地址。',
};
const silent: Bilingual = {
  en: 'Not tested: no answer came from `server.publicUrl`. Does the bot run, and can this computer reach that address?',
  zh: '未检查：`server.publicUrl` 没有应答。机器人是否在运行、本机能否访问该地址？',
};
