import {
  type OpenIMOptions,
  type OpenIMParts,
  PuppetOpenIM,
} from '../../src/adapters/openim/index.js';
import { silentLogger } from '../../src/core/logger.js';
import type { PlatformRequest } from '../contract/adapter-contract.js';
import type { FakeOpenIM } from './fake-openim/fake-openim.js';
import { goJson } from './go-json.js';
import { callbackBodies } from './openim-callbacks.js';

/** What stands at the end of the callback URL of the test bot. */
export const callbackSecret = 'a-secret-of-the-test-bot';

/** The puppet of the bot of a fake server, which logs nothing. */
export function openIMPuppet(
  fake: FakeOpenIM,
  more: Partial<OpenIMOptions> = {},
  parts: OpenIMParts = {},
): PuppetOpenIM {
  const options = { botId: 'bot', apiUrl: fake.origin, secret: fake.world.secret, callbackSecret };
  return new PuppetOpenIM({ ...options, ...more }, { logger: silentLogger, ...parts });
}

/** A callback as the server posts it. */
export function openIMRequest(
  command: string,
  body: object,
  secret = callbackSecret,
): PlatformRequest {
  return {
    path: `/openim/${secret}/${command}`,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      operationid: `op-${JSON.stringify(body).length}-${command}`,
    },
    body: goJson({ callbackCommand: command, ...body }),
  };
}

/** A private text to the bot. */
export function openIMText(message: { id: string; from: string; text: string }): object {
  return {
    ...callbackBodies.callbackAfterSendSingleMsgCommand,
    sendID: message.from,
    clientMsgID: message.id,
    serverMsgID: `s-${message.id}`,
    sendTime: Date.now(),
    content: JSON.stringify({ content: message.text }),
  };
}
