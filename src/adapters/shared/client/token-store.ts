/** An access token and its life. */
export interface AccessToken {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly obtainedAt: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Where access tokens are kept. Where a platform gives every instance the same token one store for
 * each works too, at the cost of a few more calls; where a new token ends the older ones they must
 * share one.
 */
export interface TokenStore {
  /** @param app the corp and the agent: every app of a corp has a token of its own (WeCom D91039) */
  read(app: string): Promise<AccessToken | undefined>;
  write(app: string, token: AccessToken): Promise<void>;
  /** Forgets the token if it is still the one that was refused: parallel calls are refused too. */
  drop(app: string, refused: string): Promise<void>;
  /** Does `work` while no other instance does it for this app. Absent: there is no other. */
  readonly alone?: <T>(app: string, work: () => Promise<T>) => Promise<T>;
}

/** A token is renewed when this much of its life is over. */
const renewedAt = 0.9;

/** Whether a token need not be renewed yet; `now` in ms since 1970. */
export function isFresh({ obtainedAt, expiresAt }: AccessToken, now: number): boolean {
  return now < obtainedAt + (expiresAt - obtainedAt) * renewedAt;
}

/** A store in this process's memory. */
export function memoryTokenStore(): TokenStore {
  const tokens = new Map<string, AccessToken>();
  return {
    read: (app) => Promise.resolve(tokens.get(app)),
    write: (app, token) => {
      tokens.set(app, token);
      return Promise.resolve();
    },
    drop: (app, refused) => {
      if (tokens.get(app)?.value === refused) tokens.delete(app);
      return Promise.resolve();
    },
  };
}
