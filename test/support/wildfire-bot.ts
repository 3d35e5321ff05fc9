import { createHash } from 'node:crypto';
import {
  PuppetWildfire,
  type WildfireOptions,
  type WildfireParts,
} from '../../src/adapters/wildfire/index.js';
import type { CallbackKind } from '../../src/adapters/wildfire/schema/callback-kinds.js';
import { pathOfKind } from '../../src/adapters/wildfire/schema/callback-kinds.js';
import { silentLogger } from '../../src/core/logger.js';
import type { PlatformRequest } from '../contract/adapter-contract.js';
import { bodyText, messageBody, textPayload } from './fake-wildfire/bodies.js';
import type { FakeWildfire } from './fake-wildfire/fake-wildfire.js';

/** What the callback URLs of the test bot hold. */
const callbackSecret = 'nobody-can-guess-this';

/** The options of the robot of a fake server. */
function wildfireOptions(fake: FakeWildfire, more: Partial<WildfireOptions> = {}): WildfireOptions {
  return {
    server: fake.api.url,
    robot: { id: 'robot', secret: 'robot-secret' },
    callbackSecret,
    ...more,
  };
}

/** The puppet of that robot, which logs nothing. */
export function wildfirePuppet(
  fake: FakeWildfire,
  more: Partial<WildfireOptions> = {},
  parts: WildfireParts = {},
): PuppetWildfire {
  const options = wildfireOptions(fake, { store: 'memory', ...more });
  return new PuppetWildfire(options, { logger: silentLogger, ...parts });
}

/** Where a kind of callback is told. */
export function callbackPath(kind: CallbackKind, secret: string = callbackSecret): string {
  return `/wildfire/${secret}/${pathOfKind(kind)}`;
}

/** A callback as the server posts it. */
export function wildfireRequest(
  kind: CallbackKind,
  body: Parameters<typeof bodyText>[0],
  secret: string = callbackSecret,
): PlatformRequest {
  return {
    path: callbackPath(kind, secret),
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'okhttp/4.12.0',
    },
    body: bodyText(body),
  };
}

/** A text to the robot, in a single chat. */
export function wildfireText({ id, from, text }: { id: string; from: string; text: string }) {
  const digits = createHash('sha1').update(id).digest('hex').slice(0, 14);
  return messageBody({
    messageId: BigInt(`0x${digits}`) + 2n ** 53n,
    sender: from,
    conv: { type: 0, target: 'robot', line: 0 },
    payload: textPayload(text),
    timestamp: Date.now(),
  });
}
