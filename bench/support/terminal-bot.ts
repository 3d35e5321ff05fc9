import { WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import { log } from 'wechaty-puppet';
import { type Said, TerminalPuppet } from '../../examples/terminal-puppet.js';

/** A real Wechaty bot on the leanest puppet there is, so that the puppet does not hide the plugin. */
export interface TerminalBot {
  readonly bot: WechatyInterface;
  readonly puppet: TerminalPuppet;
  onSaid: (said: Said) => void;
}

/** Starts a bot. `prepare` may install a plugin or listeners. */
export async function startTerminalBot(
  prepare: (bot: WechatyInterface) => void,
): Promise<TerminalBot> {
  log.level('silent');
  const puppet = new TerminalPuppet((said) => said.from === 'bot' && self.onSaid(said));
  const bot = WechatyBuilder.build({ puppet });
  const self: TerminalBot = { bot, puppet, onSaid: () => {} };
  prepare(bot);
  await bot.start();
  return self;
}
