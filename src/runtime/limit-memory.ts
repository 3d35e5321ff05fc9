import type { Config } from '../config/config.js';
import type { KnownPuppet, Puppets } from './puppets.js';

/**
 * Tells every puppet of ours how much it remembers: when it comes, and when rules come into force.
 *
 * @returns to be told of the configuration in force
 */
export function limitMemory(puppets: Puppets): (config: Pick<Config, 'memory'>) => void {
  const known = new Set<KnownPuppet>();
  let bytes: number | undefined;
  const tell = ({ extras }: KnownPuppet) => {
    if (bytes !== undefined) extras.remember?.(bytes);
  };
  puppets.watch((puppet) => {
    known.add(puppet);
    tell(puppet);
    return () => known.delete(puppet);
  });
  return ({ memory }) => {
    bytes = memory.messageBytes;
    for (const puppet of known) tell(puppet);
  };
}
