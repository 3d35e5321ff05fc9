import { useCallback, useState } from 'react';
import type { Failure } from '../../api/contract.js';
import { useSession } from '../frame/session.js';
import { failureOf } from './refused.js';

/** Something that a person sets off. */
export interface Action {
  readonly isRunning: boolean;
  readonly failure: Failure['error'] | undefined;
  /** True when it went well. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
  /** Takes the failure off the screen. */
  readonly clear: () => void;
}

/** Runs what a button asks for, and keeps what went wrong for the page to show. */
export function useAction(): Action {
  const { onFailure } = useSession();
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure['error']>();
  const run = useCallback(
    async (work: () => Promise<void>) => {
      setRunning(true);
      setFailure(undefined);
      try {
        await work();
        return true;
      } catch (error) {
        const found = failureOf(error);
        onFailure(found);
        // The login says so itself, and then this page is there again.
        if (found.code !== 'no-session') setFailure(found);
        return false;
      } finally {
        setRunning(false);
      }
    },
    [onFailure],
  );
  const clear = useCallback(() => setFailure(undefined), []);
  return { isRunning, failure, run, clear };
}
