import type { WechatyInterface } from 'wechaty/impls';

/**
 * The id of the account that is logged in, `undefined` when there is none.
 *
 * Not `bot.isLoggedIn`: before the start there is no puppet, and Wechaty then raises an `error`
 * event, which ends a process that has no listener for it.
 */
export function accountId(bot: WechatyInterface): string | undefined {
  try {
    return bot.puppet.isLoggedIn ? bot.puppet.currentUserId : undefined;
  } catch {
    return undefined;
  }
}

/** The puppet's name, `""` while there is no puppet. */
export function puppetName(bot: WechatyInterface): string {
  try {
    return bot.puppet.name();
  } catch {
    return '';
  }
}
