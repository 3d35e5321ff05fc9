import type { Clock } from '../../../core/clock.js';
import { waitFor } from '../../shared/client/wait-for.js';

/** The admin token of one server. */
export interface AdminTokens {
  /** A token that should be good. Parallel callers wait for the same call. */
  current(signal?: AbortSignal): Promise<string>;
  /**
   * Another token for one that was refused. Servers after v3.8.3 let a new token end the older ones,
   * so there is only ever one call for one refused token.
   */
  replace(refused: string, signal?: AbortSignal): Promise<string>;
}

/** What a server gives out. */
export interface GrantedToken {
  readonly value: string;
  readonly lifeSeconds: number;
}

/** A token is renewed when this much of its life is over. */
const renewedAt = 0.9;

/** Keeps the admin token: asked for once, renewed at 90 % of its life. */
export function createAdminTokens(
  clock: Pick<Clock, 'now'>,
  grant: () => Promise<GrantedToken>,
): AdminTokens {
  let kept: { readonly value: string; readonly renewAt: number } | undefined;
  let underWay: Promise<string> | undefined;

  const renew = async (): Promise<string> => {
    const { value, lifeSeconds } = await grant();
    kept = { value, renewAt: clock.now() + lifeSeconds * 1000 * renewedAt };
    return value;
  };
  const current = async (signal?: AbortSignal): Promise<string> => {
    if (kept !== undefined && clock.now() < kept.renewAt) return kept.value;
    underWay ??= renew().finally(() => {
      underWay = undefined;
    });
    return await waitFor(underWay, signal);
  };
  return {
    current,
    replace: async (refused, signal) => {
      if (kept?.value === refused) kept = undefined;
      return await current(signal);
    },
  };
}
