import type { Logger } from '../core/logger.js';
import type { Rule } from '../core/rule.js';
import { capabilityNotes } from './capability-notes.js';
import type { KnownPuppet, Puppets } from './puppets.js';

/**
 * Tells the operator what rules want and a platform cannot: for every puppet of ours when it comes,
 * and for all of them whenever rules come into force.
 *
 * @returns to be told of the rules in force
 */
export function tellFitness(puppets: Puppets, logger: Logger): (rules: readonly Rule[]) => void {
  const known = new Set<KnownPuppet>();
  let inForce: readonly Rule[] = [];
  const tell = ({ name, extras }: KnownPuppet) => {
    if (extras.capabilities === undefined) return;
    for (const note of capabilityNotes(name, extras.capabilities, inForce)) logger.info(note);
  };
  puppets.watch((puppet) => {
    known.add(puppet);
    tell(puppet);
    return () => known.delete(puppet);
  });
  return (rules) => {
    inForce = rules;
    for (const puppet of known) tell(puppet);
  };
}
