import type { ContextName } from './rule.js';

/** What of the event a rule may send along as variables (`callback.context`). */
export const contextNames = [
  'userName',
  'userAlias',
  'roomTopic',
  'botId',
  'platform',
  'rule',
  'role',
  'event',
  'personal',
] as const satisfies readonly ContextName[];
