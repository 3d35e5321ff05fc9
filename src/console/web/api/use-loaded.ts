import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import type { Failure } from '../../api/contract.js';
import { useSession } from '../frame/session.js';
import { failureOf } from './refused.js';

/** What was loaded, what is being loaded, and why it failed. */
export interface Loaded<T> {
  /** The newest; stays while it is loaded again. */
  readonly data: T | undefined;
  readonly failure: Failure['error'] | undefined;
  readonly isLoading: boolean;
  /** Loads again. */
  readonly reload: () => void;
}

/**
 * Loads when the page shows, and again whenever `key` changes; what comes too late is dropped.
 *
 * @param key names what is loaded
 */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const { onFailure } = useSession();
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>(waiting);
  const latest = useEffectEvent(load);
  useEffect(() => {
    const abort = new AbortController();
    setState(({ data }) => ({ data, failure: undefined, isLoading: true }));
    latest(abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setState({ data, failure: undefined, isLoading: false });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        const failure = failureOf(error);
        onFailure(failure);
        setState(({ data }) => ({ data, failure, isLoading: false }));
      },
    );
    return () => abort.abort();
  }, [key, round, onFailure]);
  const reload = useCallback(() => setRound((current) => current + 1), []);
  return { ...state, reload };
}

const waiting = { data: undefined, failure: undefined, isLoading: true };
