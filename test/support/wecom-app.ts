import type { WeComOptions, WeComParts } from '../../src/adapters/wecom/index.js';
import { PuppetWeCom } from '../../src/adapters/wecom/index.js';
import { silentLogger } from '../../src/core/logger.js';
import type { PlatformRequest } from '../contract/adapter-contract.js';
import type { FakeWeCom } from './fake-wecom/fake-wecom.js';
import { seal } from './fake-wecom/webhook/envelope.js';
import { writeXml, type XmlValue } from './fake-wecom/webhook/strict-xml.js';

/** What the callback of the test app is configured with. */
export const callbackKeys = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};

/** The options of the first app of a fake platform. */
function weComOptions(fake: FakeWeCom, more: Partial<WeComOptions> = {}): WeComOptions {
  return {
    corpId: fake.corpId,
    agentId: fake.app.agentId,
    secret: fake.app.secret,
    token: callbackKeys.token,
    aesKey: callbackKeys.encodingAesKey,
    baseUrl: fake.origin,
    ...more,
  };
}

/** The puppet of the first app of a fake platform, which logs nothing. */
export function weComPuppet(
  fake: FakeWeCom,
  more: Partial<WeComOptions> = {},
  parts: WeComParts = {},
): PuppetWeCom {
  return new PuppetWeCom(weComOptions(fake, more), { logger: silentLogger, ...parts });
}

/** A document as the platform posts it; the fields that all have are there already. */
export function weComRequest(
  fake: FakeWeCom,
  fields: Readonly<Record<string, XmlValue>>,
  how: { readonly token?: string; readonly path?: string; readonly at?: number } = {},
): PlatformRequest {
  const { token = callbackKeys.token, path = '/wecom', at = Date.now() } = how;
  const keys = { ...callbackKeys, token, receiveId: fake.corpId };
  const document = writeXml({
    ToUserName: fake.corpId,
    CreateTime: 1_767_225_600,
    AgentID: fake.app.agentId,
    ...fields,
  });
  const { encrypt, signature, timestamp, nonce } = seal(keys, document, at);
  return {
    path: `${path}?msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`,
    headers: { 'content-type': 'text/xml' },
    body: writeXml({ ToUserName: fake.corpId, AgentID: '', Encrypt: encrypt }),
  };
}

/** A text of a member. */
export function weComText(message: { id: string; from: string; text: string }) {
  return {
    FromUserName: message.from,
    MsgType: 'text',
    Content: message.text,
    MsgId: message.id,
  };
}
