import { createContext, use, useMemo, useSyncExternalStore } from 'react';
import { useStored } from './stored.js';

/** Light or dark, and how to choose. */
export interface Look {
  readonly isDark: boolean;
  readonly toggle: () => void;
}

/** The look of what is below. */
export const LookProvider = createContext<Look>({ isDark: false, toggle: () => {} });

/** The look of the page. */
export function useChosenLook(): Look {
  return use(LookProvider);
}

/** As chosen here before, else as the system has it. */
export function useLook(): Look {
  const [choice, choose] = useStored('look', ['system', 'light', 'dark'], () => 'system');
  const systemIsDark = useSyncExternalStore(follow, () => query().matches);
  const isDark = choice === 'system' ? systemIsDark : choice === 'dark';
  return useMemo(
    () => ({ isDark, toggle: () => choose(isDark ? 'light' : 'dark') }),
    [isDark, choose],
  );
}

function query(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

function follow(listener: () => void): () => void {
  const list = query();
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}
