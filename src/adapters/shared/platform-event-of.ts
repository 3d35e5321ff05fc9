import type { PlatformEvent } from '../../core/platform-event.js';

/** The event that a puppet emits for something it decoded: what rules read, and nothing beside it. */
export function platformEventOf(decoded: PlatformEvent): PlatformEvent {
  const { name, id, userId, conversation, payload, said, variables, raw } = decoded;
  return {
    name,
    id,
    variables,
    raw,
    ...(userId !== undefined && { userId }),
    ...(conversation !== undefined && { conversation }),
    ...(payload !== undefined && { payload }),
    ...(said !== undefined && { said }),
  };
}
