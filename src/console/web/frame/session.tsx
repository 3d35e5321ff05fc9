import { createContext, use } from 'react';
import type { Failure, Session } from '../../api/contract.js';

/** Who is logged in, for every page. */
export interface SessionContext {
  readonly session: Session;
  /** Told of every failure: the login is shown when the session is over. */
  readonly onFailure: (failure: Failure['error']) => void;
  readonly logOut: () => void;
}

const noSession: SessionContext = {
  session: { expiresAt: 0, version: '', private: false, history: false, chat: false },
  onFailure: () => {},
  logOut: () => {},
};

/** The session of what is below. */
export const SessionProvider = createContext<SessionContext>(noSession);

/** The session; a page is only shown with one. */
export function useSession(): SessionContext {
  return use(SessionProvider);
}
