import type { ReactNode } from 'react';

/** How good a thing is: never told by its colour alone. */
export type Tone = 'good' | 'busy' | 'warning' | 'bad' | 'quiet';

/** A word with a coloured ground: a state. */
export function Mark({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`mark mark-${tone}`}>{children}</span>;
}
