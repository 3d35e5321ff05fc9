import type { Clock } from '../../core/clock.js';

/** Since when bots have been here, or away, as one runner sees it. */
export interface BotPresence {
  /** Notes which bots are here now. */
  look(): void;
  /** When a bot came, in ms since 1970; `undefined` while it is away. */
  cameAt(botId: string): number | undefined;
  /** How long a bot has been away, in ms; one that never came, since the runner was made. */
  awayMs(botId: string): number;
}

/** `bots` are those that are logged in. Nobody has come yet. */
export function createBotPresence(bots: () => readonly string[], clock: Clock): BotPresence {
  const madeAt = clock.monotonic();
  const here = new Map<string, number>();
  /** When they left, on the monotonic clock. */
  const left = new Map<string, number>();
  return {
    look: () => {
      const now = new Set(bots());
      for (const botId of here.keys()) {
        if (now.has(botId)) continue;
        here.delete(botId);
        left.set(botId, clock.monotonic());
      }
      for (const botId of now) {
        left.delete(botId);
        if (!here.has(botId)) here.set(botId, clock.now());
      }
    },
    cameAt: (botId) => here.get(botId),
    awayMs: (botId) => {
      if (here.has(botId)) return 0;
      return clock.monotonic() - (left.get(botId) ?? madeAt);
    },
  };
}
