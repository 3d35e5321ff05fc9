import type { WechatyInterface } from 'wechaty/impls';
import type { Puppet } from 'wechaty-puppet';

/** Wechaty tells of its puppet by an event that its types keep to themselves. */
interface PuppetNews {
  on(name: 'puppet', listener: (puppet: Puppet) => void): void;
  off(name: 'puppet', listener: (puppet: Puppet) => void): void;
}

/**
 * Calls `use` with the puppet of a bot: at once, or when it has one. What `use` returns is called
 * at the end, or when another puppet takes its place.
 *
 * @returns ends it
 */
export function whenPuppet(bot: WechatyInterface, use: (puppet: Puppet) => () => void): () => void {
  const news = bot as unknown as PuppetNews;
  let end: (() => void) | undefined;
  const onPuppet = (puppet: Puppet) => {
    end?.();
    end = use(puppet);
  };
  const already = puppetOf(bot);
  if (already !== undefined) onPuppet(already);
  news.on('puppet', onPuppet);
  return () => {
    news.off('puppet', onPuppet);
    end?.();
    end = undefined;
  };
}

function puppetOf(bot: WechatyInterface): Puppet | undefined {
  try {
    return bot.puppet as Puppet;
  } catch {
    return undefined;
  }
}
