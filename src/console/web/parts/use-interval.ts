import { useEffect, useEffectEvent } from 'react';

/** Does something again and again while the page is in sight, and when somebody comes back to it. */
export function useInterval(work: () => void, ms: number): void {
  const latest = useEffectEvent(work);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') latest();
    };
    const timer = setInterval(look, ms);
    addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', look);
    };
  }, [ms]);
}
