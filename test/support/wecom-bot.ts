import type { WeComBotOptions, WeComBotParts } from '../../src/adapters/wecom-bot/index.js';
import { PuppetWeComBot } from '../../src/adapters/wecom-bot/index.js';
import { silentLogger } from '../../src/core/logger.js';
import { botKeys } from './fake-wecom-bot/fake-wecom-bot.js';

/** The puppet of the fake platform's bot: logs nothing, keeps nothing, soon takes silence for the end. */
export function weComBotPuppet(
  more: Partial<WeComBotOptions> = {},
  parts: WeComBotParts = {},
): PuppetWeComBot {
  const { token, encodingAesKey: aesKey } = botKeys;
  const options = { token, aesKey, botName: '小 助手', store: 'memory', ...more };
  const silence = { afterWordMs: 100, wordlessMs: 120_000 };
  return new PuppetWeComBot(options, { logger: silentLogger, silence, ...parts });
}
