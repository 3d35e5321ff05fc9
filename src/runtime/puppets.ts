import { announceKeeper } from '../core/acceptance.js';
import { type PuppetExtras, puppetExtras } from '../core/puppet-extras.js';

/** A puppet of ours that a bot uses. */
export interface KnownPuppet {
  /** As it is called in the log. */
  readonly name: string;
  readonly extras: PuppetExtras;
}

/** Called with a puppet of ours when it comes; what it returns is called when the puppet goes. */
export type UsePuppet = (puppet: KnownPuppet) => () => void;

/** The puppets of the bots that are attached. */
export interface Puppets {
  /**
   * From now on `keeper` says what came of each event of a puppet.
   *
   * @returns ends it
   */
  add(puppet: { name(): string }, keeper: object): () => void;
  /** Uses every puppet of ours, those that are there already included. */
  watch(use: UsePuppet): void;
}

/** None yet. */
export function createPuppets(): Puppets {
  const uses: UsePuppet[] = [];
  const ends = new Map<KnownPuppet, (() => void)[]>();
  return {
    add: (puppet, keeper) => {
      const known = { name: puppet.name(), extras: puppetExtras(puppet) };
      const leave = announceKeeper(puppet, keeper);
      ends.set(
        known,
        uses.map((use) => use(known)),
      );
      return () => {
        leave();
        for (const end of ends.get(known) ?? []) end();
        ends.delete(known);
      };
    },
    watch: (use) => {
      uses.push(use);
      for (const [known, own] of ends) own.push(use(known));
    },
  };
}
