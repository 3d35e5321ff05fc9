import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeWeCom } from './fake-wecom/fake-wecom.js';
import { type WebhookCaller, webhookCaller } from './fake-wecom/webhook/caller.js';
import { callbackKeys } from './wecom-app.js';

/** The second app of a fake platform that has two. */
export const salesApp = {
  agentId: 1_000_003,
  secret: 'Fake-Secret_of-the-second-app',
  name: '销售',
};

/** The callback of the second app has keys of its own. */
const salesKeys = {
  token: 'SalesToken9',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};

/** A file of rules whose adapters are apps of a fake platform. */
export interface WeComRules {
  readonly receiver: string;
  readonly port: number;
  /** Further keys of the rule. */
  readonly rule?: object;
  /** Further keys of the first app. */
  readonly app?: object;
  /** Further keys of `server`. */
  readonly server?: object;
  /** Further keys of the file. */
  readonly more?: object;
  /** Only the first app. Default: false. */
  readonly isAlone?: boolean;
}

/** Writes `.wechatyrc` into a folder: the apps 售后 at `/wecom` and 销售 at `/wecom/sales`. */
export function writeWeComRules(folder: string, fake: FakeWeCom, told: WeComRules): void {
  const { receiver, port, rule, app, server, more, isAlone = false } = told;
  const both = { corpId: fake.corpId, baseUrl: fake.origin };
  const { agentId, secret } = fake.app;
  const { token, encodingAesKey: aesKey } = callbackKeys;
  const first = { ...both, name: '售后', agentId, secret, token, aesKey, ...app };
  const second = {
    ...both,
    name: '销售',
    agentId: salesApp.agentId,
    secret: salesApp.secret,
    token: salesKeys.token,
    aesKey: salesKeys.encodingAesKey,
    path: '/wecom/sales',
  };
  const config = {
    rules: [{ name: 'all', callback: { url: receiver, context: ['botId'] }, ...rule }],
    adapters: { wecom: isAlone ? [first] : [first, second] },
    server: { port, ...server },
    ...more,
  };
  writeFileSync(join(folder, '.wechatyrc'), JSON.stringify(config));
}

/** The calling side of both apps. */
export function weComCallers(
  fake: FakeWeCom,
  port: number,
): { readonly service: WebhookCaller; readonly sales: WebhookCaller } {
  const origin = `http://127.0.0.1:${port}`;
  const { agentId } = salesApp;
  return {
    service: webhookCaller(fake.world, { ...callbackKeys, url: `${origin}/wecom` }),
    sales: webhookCaller(fake.world, { ...salesKeys, url: `${origin}/wecom/sales`, agentId }),
  };
}
