import type { Claim } from '../../core/journal.js';
import type { Held } from './leases.js';
import { safeText } from './safe-text.js';

/** Where the task of a claim stands, and by what right it is held. */
export function heldBy({ task, token }: Pick<Claim, 'task' | 'token'>): Held {
  const speaker = task.conversation ? task.botId : '';
  return { speaker: safeText(speaker), lane: safeText(task.lane), token };
}

/** The leases that this program has, as far as it knows, to give them back when it ends. */
export class HeldTokens {
  readonly #held = new Map<string, Held>();

  add(claims: readonly Claim[]): void {
    for (const claim of claims) this.#held.set(claim.token, heldBy(claim));
  }

  delete(token: string): void {
    this.#held.delete(token);
  }

  all(): readonly Held[] {
    return [...this.#held.values()];
  }
}
