import { announceKeeper } from '../../src/core/acceptance.js';
import { puppetExtras } from '../../src/core/puppet-extras.js';

/** As `announceKeeper`; the puppet is told at once that there are no other instances, as by the plugin. */
export function announceLoneKeeper(puppet: object, keeper: object): () => void {
  const unannounce = announceKeeper(puppet, keeper);
  puppetExtras(puppet).share?.(undefined);
  return unannounce;
}
