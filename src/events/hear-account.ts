import type { ContactInterface, WechatyInterface } from 'wechaty/impls';
import type { BotEvent } from '../core/event.js';
import { insideTask } from '../core/task-scope.js';
import { puppetName } from './bot-identity.js';
import { eventIdOf } from './event-id.js';
import { barePerson } from './read-person.js';
import type { UnreadEvent } from './unread-event.js';
import type { WechatyListeners } from './wechaty-listeners.js';

interface AccountNews {
  readonly name: 'login' | 'logout' | 'error';
  readonly variables: Readonly<Record<string, string>>;
  readonly botId: string;
  readonly account?: ContactInterface;
}

/** What hearing needs. */
export interface AccountHearing {
  readonly bot: WechatyInterface;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The account that is, or was last, logged in. */
  readonly botId: () => string;
  readonly handle: (event: UnreadEvent) => void;
}

/** What happens to the bot's own account. Nothing is said: it belongs to no chat. */
export function hearAccount({ bot, now, botId, handle }: AccountHearing): () => void {
  const tell = (news: AccountNews) => handle(unreadNews(bot, news, now()));
  const onLogin: WechatyListeners['login'] = (account) => {
    tell({ name: 'login', account, botId: account.id, variables: {} });
  };
  const onLogout: WechatyListeners['logout'] = (account, reason) => {
    tell({ name: 'logout', account, botId: account.id, variables: { reason: reason ?? '' } });
  };
  const onError: WechatyListeners['error'] = (error) => {
    if (insideTask()) return;
    tell({ name: 'error', botId: botId(), variables: { error: error.message } });
  };
  bot.on('login', onLogin).on('logout', onLogout).on('error', onError);
  return () => {
    bot.off('login', onLogin).off('logout', onLogout).off('error', onError);
  };
}

function unreadNews(bot: WechatyInterface, news: AccountNews, at: number): UnreadEvent {
  const { name, botId, variables, account } = news;
  const event: BotEvent = {
    id: eventIdOf(name, botId, at, ...Object.values(variables)),
    name,
    botId,
    platform: puppetName(bot),
    at,
    user: barePerson(botId, account?.payload?.name ?? ''),
    // It happens to the account; it is not the account's doing.
    isSelf: false,
    variables,
  };
  return {
    head: { name, isSelf: false, inRoom: false },
    read: () => event,
  };
}
