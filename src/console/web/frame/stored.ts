import { useCallback, useState } from 'react';

/** A choice that the browser remembers for this console; where it may not, it lasts for the visit. */
export function useStored<T extends string>(
  key: string,
  choices: readonly T[],
  initial: () => T,
): readonly [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const stored = read(key);
    return choices.find((choice) => choice === stored) ?? initial();
  });
  const store = useCallback(
    (next: T) => {
      setValue(next);
      write(key, next);
    },
    [key],
  );
  return [value, store];
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(`console.${key}`);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(`console.${key}`, value);
  } catch {
    // Storage is forbidden here: the choice lasts for the visit.
  }
}
