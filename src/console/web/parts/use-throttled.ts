import { useCallback, useEffect, useRef } from 'react';

/** Runs `work` at most once in so many ms, and once more after the last call. */
export function useThrottled(work: () => void, ms: number): () => void {
  const latest = useRef(work);
  const held = useRef({ timer: 0, isAsked: false });
  useEffect(() => {
    latest.current = work;
  });
  useEffect(() => {
    const gate = held.current;
    return () => clearTimeout(gate.timer);
  }, []);
  return useCallback(() => {
    const gate = held.current;
    const start = () => {
      gate.isAsked = false;
      latest.current();
      gate.timer = window.setTimeout(() => {
        gate.timer = 0;
        if (gate.isAsked) start();
      }, ms);
    };
    if (gate.timer === 0) start();
    else gate.isAsked = true;
  }, [ms]);
}
