/** An access token and its life. */
export interface AccessToken {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly obtainedAt: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Where access tokens are kept. WeCom gives every instance of an app the same token, so instances
 * may share a store; one of their own works too, at the cost of a few more calls.
 */
export interface TokenStore {
  /** @param app the corp and the agent: every app of a corp has a token of its own (D91039) */
  read(app: string): Promise<AccessToken | undefined>;
  write(app: string, token: AccessToken): Promise<void>;
  /** Forgets the token if it is still the one that was refused: parallel calls are refused too. */
  drop(app: string, refused: string): Promise<void>;
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
