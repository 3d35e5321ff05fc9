import type { Clock } from '../../../core/clock.js';
import { type AccessToken, isFresh, type TokenStore } from './token-store.js';
import { waitFor } from './wait-for.js';

/** The access token of one app, or of one server's admin. */
export interface AccessTokens {
  /** A token that should be good. Parallel callers wait for the same call. */
  current(signal?: AbortSignal): Promise<string>;
  /**
   * Another token for one that was refused; the refused one if the platform gives it out again. There
   * is only ever one call for one refused token: OpenIM lets a new token end the older ones.
   */
  replace(refused: string, signal?: AbortSignal): Promise<string>;
}

/** What a platform gives out. */
export interface GrantedToken {
  readonly value: string;
  readonly lifeSeconds: number;
}

/** What keeping an access token takes. */
export interface AccessTokenOptions {
  /** The app's key in the store. */
  readonly app: string;
  readonly store: TokenStore;
  readonly clock: Clock;
  /** Asks the platform. */
  readonly grant: () => Promise<GrantedToken>;
}

/** Keeps one app's access token: asked for once, renewed at 90 % of its life. */
export function createAccessTokens(options: AccessTokenOptions): AccessTokens {
  const { app, store, clock, grant } = options;
  const { alone = (_, work) => work() }: Pick<TokenStore, 'alone'> = store;
  let underWay: Promise<string> | undefined;

  const renew = async (kept: AccessToken | undefined): Promise<string> => {
    const obtainedAt = clock.now();
    try {
      const { value, lifeSeconds } = await grant();
      await store.write(app, { value, obtainedAt, expiresAt: obtainedAt + lifeSeconds * 1000 });
      return value;
    } catch (error) {
      // What is left of its life is there for the case that the platform is busy.
      if (kept && clock.now() < kept.expiresAt) return kept.value;
      throw error;
    }
  };

  const find = async (): Promise<string> => {
    const kept = await store.read(app);
    if (kept && isFresh(kept, clock.now())) return kept.value;
    return await alone(app, async () => {
      const now = await store.read(app);
      return now && isFresh(now, clock.now()) ? now.value : await renew(now);
    });
  };

  const current = (signal?: AbortSignal): Promise<string> => {
    underWay ??= find().finally(() => {
      underWay = undefined;
    });
    return waitFor(underWay, signal);
  };

  return {
    current,
    replace: async (refused, signal) => {
      await store.drop(app, refused);
      return await current(signal);
    },
  };
}
