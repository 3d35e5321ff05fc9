import type { Speaker } from '../core/speaker.js';

/** The bots that are logged in, each with its mouth. */
export interface Bots {
  ids(): readonly string[];
  /** The mouth of a bot; of several connections to one account the newest. */
  speaker(botId: string): Speaker | undefined;
  add(botId: string, speaker: Speaker): void;
  remove(botId: string, speaker: Speaker): void;
}

/** An empty list; `onCome` is told when a bot comes. */
export function createBots(onCome: () => void): Bots {
  const online = new Map<string, readonly Speaker[]>();
  const without = (botId: string, speaker: Speaker) =>
    (online.get(botId) ?? []).filter((one) => one !== speaker);
  return {
    ids: () => [...online.keys()],
    speaker: (botId) => online.get(botId)?.at(-1),
    add: (botId, speaker) => {
      online.set(botId, [...without(botId, speaker), speaker]);
      onCome();
    },
    remove: (botId, speaker) => {
      const rest = without(botId, speaker);
      if (rest.length > 0) online.set(botId, rest);
      else online.delete(botId);
    },
  };
}
