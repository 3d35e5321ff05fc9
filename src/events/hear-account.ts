import type { ContactInterface, WechatyInterface } from 'wechaty/impls';
import type { BotEvent } from '../core/event.js';
import { insideTask } from '../core/task-scope.js';
import { accountId } from './account-id.js';
import { eventIdOf } from './event-id.js';
import { barePerson } from './read-person.js';
import type { UnreadEvent } from './unread-event.js';
import type { WechatyListeners } from './wechaty-listeners.js';

interface AccountNews {
  readonly name: 'login' | 'logout' | 'error';
  readonly variables: Readonly<Record<string, string>>;
  readonly account?: ContactInterface;
}

/** What happens to the bot's own account. Nothing is said: it belongs to no chat. */
export function hearAccount(
  bot: WechatyInterface,
  now: () => number,
  handle: (event: UnreadEvent) => void,
): () => void {
  // After a logout, and in an error, Wechaty may no longer know who the bot was.
  let lastId = accountId(bot) ?? '';
  const tell = ({ name, variables, account }: AccountNews) => {
    lastId = account?.id ?? lastId;
    handle(unreadNews(bot, { name, variables, botId: lastId, at: now(), account }));
  };
  const onLogin: WechatyListeners['login'] = (account) => {
    tell({ name: 'login', account, variables: {} });
  };
  const onLogout: WechatyListeners['logout'] = (account, reason) => {
    tell({ name: 'logout', account, variables: { reason: reason ?? '' } });
  };
  const onError: WechatyListeners['error'] = (error) => {
    if (!insideTask()) tell({ name: 'error', variables: { error: error.message } });
  };
  bot.on('login', onLogin).on('logout', onLogout).on('error', onError);
  return () => {
    bot.off('login', onLogin).off('logout', onLogout).off('error', onError);
  };
}

interface ReadNews extends Pick<AccountNews, 'name' | 'variables'> {
  readonly botId: string;
  readonly at: number;
  readonly account: ContactInterface | undefined;
}

function unreadNews(bot: WechatyInterface, news: ReadNews): UnreadEvent {
  const { name, botId, at, variables, account } = news;
  const event: BotEvent = {
    id: eventIdOf(name, botId, at, ...Object.values(variables)),
    name,
    botId,
    platform: bot.puppet.name(),
    at,
    user: barePerson(botId, account?.payload?.name ?? ''),
    // It happens to the account; it is not the account's doing.
    isSelf: false,
    variables,
  };
  return {
    head: { name, isSelf: false, inRoom: false },
    conversationId: '',
    read: () => Promise.resolve(event),
  };
}
