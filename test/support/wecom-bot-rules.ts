import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectionKeys } from './fake-wecom-bot/fake-connection.js';
import { botKeys } from './fake-wecom-bot/fake-wecom-bot.js';

/** A file of rules whose adapters are AI bots of a fake platform. */
export interface WeComBotRules {
  readonly receiver: string;
  readonly port: number;
  /** Where the platform's end of the long connection is. Default: no bot is connected so. */
  readonly connection?: string;
  /** Further keys of the bot that hears by webhook. */
  readonly bot?: object;
  /** Further keys of the callback. */
  readonly callback?: object;
}

/** Writes `.wechatyrc` into a folder: the bot 小助手 by webhook, and 长连接 where it is wished. */
export function writeWeComBotRules(folder: string, told: WeComBotRules): void {
  const { receiver, port, connection, bot, callback } = told;
  const { token, encodingAesKey: aesKey } = botKeys;
  const byWebhook = { name: '小助手', token, aesKey, ...bot };
  const connected = { name: '长连接', mode: 'websocket', url: connection, ...connectionKeys };
  const config = {
    rules: [
      {
        name: 'all',
        callback: { url: receiver, timeout: '10m', ...callback },
        reply: { within: '1h' },
      },
    ],
    adapters: { wecomBot: connection === undefined ? byWebhook : [byWebhook, connected] },
    server: { port },
  };
  writeFileSync(join(folder, '.wechatyrc'), JSON.stringify(config));
}
