import type { Clock } from '../../../core/clock.js';
import { waitFor } from '../../shared/client/wait-for.js';
import type { AccessToken, TokenStore } from './token-store.js';

/** The access token of one app (D91039). */
export interface AccessTokens {
  /** A token that should be good. Parallel callers wait for the same call. */
  current(signal?: AbortSignal): Promise<string>;
  /** Another token for one that was refused; the refused one if WeCom gives it out again. */
  replace(refused: string, signal?: AbortSignal): Promise<string>;
}

/** What WeCom gives out. */
export interface GrantedToken {
  readonly value: string;
  readonly lifeSeconds: number;
}

/** What keeping the access token of one app takes. */
export interface AccessTokenOptions {
  /** The app's key in the store. */
  readonly app: string;
  readonly store: TokenStore;
  readonly clock: Clock;
  /** Asks WeCom. */
  readonly grant: () => Promise<GrantedToken>;
}

/** A token is renewed when this much of its life is over. */
const renewedAt = 0.9;

/** Keeps one app's access token: asked for once, renewed at 90 % of its life. */
export function createAccessTokens(options: AccessTokenOptions): AccessTokens {
  const { app, store, clock, grant } = options;
  let underWay: Promise<string> | undefined;

  const renew = async (kept: AccessToken | undefined): Promise<string> => {
    const obtainedAt = clock.now();
    try {
      const { value, lifeSeconds } = await grant();
      await store.write(app, { value, obtainedAt, expiresAt: obtainedAt + lifeSeconds * 1000 });
      return value;
    } catch (error) {
      // What is left of its life is there for the case that WeCom is busy.
      if (kept && clock.now() < kept.expiresAt) return kept.value;
      throw error;
    }
  };

  const find = async (): Promise<string> => {
    const kept = await store.read(app);
    return kept && isFresh(kept, clock.now()) ? kept.value : await renew(kept);
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

function isFresh({ obtainedAt, expiresAt }: AccessToken, now: number): boolean {
  return now < obtainedAt + (expiresAt - obtainedAt) * renewedAt;
}
