import type { AnsweringOptions } from '../answer/answering.js';
import type { ResponseUrlClient } from '../client.js';
import type { CheckedWeComBotOptions } from '../options.js';
import type { SayFile } from '../say-file.js';
import { BotConnection, type ConnectionOptions } from './connection.js';
import { lateClient, sayAlone, sayFile } from './say-alone.js';

/** Takes a callback of the long connection. */
export type OnCallback = ConnectionOptions['onCallback'];

/** How a bot speaks without being asked: over the long connection, or hardly. */
export interface Link {
  readonly connection: BotConnection | undefined;
  /** Takes what a stream did not show. */
  readonly late: ResponseUrlClient;
  readonly sayAlone: AnsweringOptions['sayAlone'];
  readonly sayFile: SayFile | undefined;
  open(onCallback: OnCallback): void;
  close(): Promise<void>;
}

/**
 * The link of a bot, not open yet.
 *
 * @param client takes late words where there is no connection
 */
export function createLink(
  { mode, botId = '', secret = '', url }: CheckedWeComBotOptions,
  own: Pick<ConnectionOptions, 'name' | 'clock' | 'logger' | 'ackMs'>,
  client: ResponseUrlClient,
): Link {
  if (mode === 'webhook') return withoutConnection(client);
  const listeners = new Set<OnCallback>();
  const onCallback: OnCallback = (...args) => {
    for (const listener of listeners) listener(...args);
  };
  const connection = new BotConnection({ ...own, url, botId, secret, onCallback });
  return {
    connection,
    late: lateClient(connection),
    sayAlone: async (chatid, part) => await sayAlone(connection, chatid, part),
    sayFile: async (chatid, file) => await sayFile(connection, chatid, file),
    open: (listener) => {
      listeners.clear();
      listeners.add(listener);
      connection.open();
    },
    close: () => connection.close(),
  };
}

function withoutConnection(late: ResponseUrlClient): Link {
  return {
    connection: undefined,
    late,
    sayAlone: undefined,
    sayFile: undefined,
    open: () => {},
    close: () => Promise.resolve(),
  };
}
