import type { SharedState } from '../core/shared-state.js';
import type { Puppets } from './puppets.js';

/**
 * Tells all puppets, those that come later included, what they share with other instances;
 * `undefined`: nothing.
 *
 * @returns ends it: resolves when everything is where others find it. Never rejects.
 */
export function shareState(puppets: Puppets, state: SharedState | undefined): () => Promise<void> {
  const ends: (() => Promise<void>)[] = [];
  puppets.watch(({ extras }) => {
    const end = extras.share?.(state);
    if (end) ends.push(end);
    // A bot that hears nothing any more still says what is left.
    return () => {};
  });
  return async () => {
    await Promise.all(ends.map((end) => end()));
  };
}
