import type { DecodeContext } from '../../../src/adapters/wildfire/decode/context.js';
import { decode, readBody } from '../../../src/adapters/wildfire/decode.js';
import type { CallbackKind } from '../../../src/adapters/wildfire/schema/callback-kinds.js';

/** What decoding knows, for a robot that knows nothing else. */
export function decodeContext(more: Partial<DecodeContext> = {}): DecodeContext {
  return {
    bot: { kind: 'robot', id: 'robot' },
    now: Date.UTC(2026, 0, 1),
    bodyId: () => 'body-id',
    legacyStatus: false,
    hearRobots: false,
    isRobot: () => false,
    isOwnMessage: () => false,
    topicOf: () => undefined,
    ...more,
  };
}

/** What a body means that is JSON. */
export function decodeText(kind: CallbackKind, source: string, context = decodeContext()) {
  const body = readBody(Buffer.from(source));
  if (body === undefined) throw new Error(`No JSON object: ${source.slice(0, 100)}`);
  return decode(kind, body, context);
}
