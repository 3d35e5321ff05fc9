import type { DecodeContext } from '../../../src/adapters/wildfire/decode/context.js';

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
