import type { Clock } from '../../../core/clock.js';
import { sharedKey } from '../../../core/shared-state.js';
import { exclusively } from '../exclusively.js';
import type { Sharing } from '../sharing.js';
import { type AccessToken, isFresh, memoryTokenStore, type TokenStore } from './token-store.js';

/** What a store that instances share is made of. */
export interface SharedTokenOptions {
  readonly sharing: Sharing;
  /** The adapter's key, e.g. `wecom`. */
  readonly platform: string;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Access tokens that all instances use: one of them asks the platform, the others wait for what it
 * gets. A token that is good is found in memory. While what is shared cannot be reached, or when there
 * are no others, each instance has its own.
 */
export function sharedTokenStore({ sharing, platform, clock }: SharedTokenOptions): TokenStore {
  const own = memoryTokenStore();
  const keyOf = (app: string) => sharedKey('token', platform, app);
  const findShared = async (app: string) => {
    const state = await sharing.known();
    const record = await state?.get(keyOf(app)).catch(() => undefined);
    return record && { token: JSON.parse(record.value) as AccessToken, ...record };
  };
  return {
    read: async (app) => {
      const mine = await own.read(app);
      if (sharing.isAlone || (mine && isFresh(mine, clock.now()))) return mine;
      const theirs = (await findShared(app))?.token;
      if (theirs === undefined || (mine && mine.expiresAt >= theirs.expiresAt)) return mine;
      await own.write(app, theirs);
      return theirs;
    },
    write: async (app, token) => {
      await own.write(app, token);
      const lifeMs = token.expiresAt - clock.now();
      await sharing.state?.put(keyOf(app), JSON.stringify(token), lifeMs).catch(() => {});
    },
    drop: async (app, refused) => {
      await own.drop(app, refused);
      const found = await findShared(app);
      if (found?.token.value !== refused) return;
      await sharing.state?.remove(keyOf(app), found.version).catch(() => {});
    },
    alone: async (app, work) => {
      const state = await sharing.known();
      return state ? await exclusively(state, `${keyOf(app)}/lock`, work) : await work();
    },
  };
}
