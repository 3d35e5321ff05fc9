import { useEffect, useEffectEvent } from 'react';

/** Does something again and again while the page is in sight. */
export function useInterval(work: () => void, ms: number): void {
  const latest = useEffectEvent(work);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') latest();
    }, ms);
    return () => clearInterval(timer);
  }, [ms]);
}
