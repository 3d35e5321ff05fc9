import type { Config } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import type { Rule } from '../core/rule.js';
import { capabilityNotes, replyNotes } from './capability-notes.js';
import type { KnownPuppet, Puppets } from './puppets.js';

/**
 * Tells the operator what rules want and a platform cannot: for every puppet of ours when it comes,
 * and for all of them whenever rules come into force. What holds for several is said once.
 *
 * @returns to be told of the configuration in force
 */
export function tellFitness(
  puppets: Puppets,
  logger: Logger,
): (config: Pick<Config, 'rules'>) => void {
  const known = new Set<KnownPuppet>();
  const told = new Set<string>();
  let inForce: readonly Rule[] = [];
  const tell = ({ name, extras }: KnownPuppet) => {
    const { capabilities } = extras;
    if (capabilities === undefined) return;
    const notes = [
      ...capabilityNotes(name, capabilities, inForce),
      ...replyNotes(name, capabilities, inForce),
    ];
    for (const note of notes) {
      if (!told.has(note.en)) logger.info(note);
      told.add(note.en);
    }
  };
  puppets.watch((puppet) => {
    known.add(puppet);
    tell(puppet);
    return () => known.delete(puppet);
  });
  return ({ rules }) => {
    inForce = rules;
    told.clear();
    for (const puppet of known) tell(puppet);
  };
}
