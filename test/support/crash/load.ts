import { createHash } from 'node:crypto';

/** The lanes of a crash run. */
export const lanes = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** How many words the reply to a task has, 1 to 4: always the same for one id. */
export function partsOf(id: string): number {
  return 1 + (digest(id) % 4);
}

/** How often the receiver turns a task away before it serves it. */
export function refusalsOf(id: string): number {
  return [0, 0, 0, 0, 0, 0, 1, 2][(digest(id) >> 8) % 8] ?? 0;
}

/** From 0 to below 1, always the same series for one seed. */
export function seededRandom(seed: number): () => number {
  let n = 0;
  return () => {
    n += 1;
    return digest(`${seed}.${n}`) / 2 ** 32;
  };
}

function digest(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE();
}
