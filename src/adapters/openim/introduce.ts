import { textOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';
import type { Logger } from '../../core/logger.js';
import type { OpenIMClient } from './client.js';
import type { CheckedOpenIMOptions } from './options.js';

/** What the bot is shown as. */
export interface Introduction {
  readonly name: string;
  readonly avatar: string;
}

/** What introducing takes. */
export interface Introducing {
  /** The adapter's. */
  readonly name: string;
  readonly options: Pick<CheckedOpenIMOptions, 'botId' | 'botName' | 'botAvatar'>;
  readonly client: Pick<OpenIMClient, 'directory'>;
  readonly logger: Logger;
}

/**
 * Asks the server who the bot is. A wrong secret shows here, and not only when somebody waits for an
 * answer: it is logged, as is a bot that has no account. Does not reject.
 *
 * @param signal ends the waiting, and nothing is logged
 * @returns `undefined` when the server cannot be asked
 */
export async function introduce(
  { name, options, client, logger }: Introducing,
  signal: AbortSignal,
): Promise<Introduction | undefined> {
  const { botId, botName, botAvatar } = options;
  try {
    const user = await client.directory.users.get(botId, signal);
    if (user === undefined) logger.warn(unregistered(name, botId));
    return {
      name: botName ?? (user?.nickname || botId),
      avatar: botAvatar ?? user?.faceURL ?? '',
    };
  } catch (error) {
    if (signal.aborted) return undefined;
    const { en, zh } = textOf(error);
    logger.error({ en: `${name}: ${en}`, zh: `${name}：${zh}` });
    return undefined;
  }
}

function unregistered(name: string, botId: string): Bilingual {
  return {
    en: `${name}: there is no user ${botId} on the OpenIM server. Register it, or correct \`botId\`.`,
    zh: `${name}：OpenIM 服务上没有用户 ${botId}。请先注册该用户，或更正 \`botId\`。`,
  };
}
