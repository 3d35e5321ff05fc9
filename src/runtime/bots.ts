import type { Speaker } from '../core/speaker.js';

/** The bots that are logged in, each with its mouth. */
export interface Bots {
  ids(): readonly string[];
  speaker(botId: string): Speaker | undefined;
  add(botId: string, speaker: Speaker): void;
  /** Removes a bot, unless another connection has taken its place. */
  remove(botId: string, speaker: Speaker): void;
}

/** An empty list; `onChange` is told when a bot comes. */
export function createBots(onChange: () => void): Bots {
  const online = new Map<string, Speaker>();
  return {
    ids: () => [...online.keys()],
    speaker: (botId) => online.get(botId),
    add: (botId, speaker) => {
      online.set(botId, speaker);
      onChange();
    },
    remove: (botId, speaker) => {
      if (online.get(botId) === speaker) online.delete(botId);
    },
  };
}
