import { onTestFinished } from 'vitest';
import { WechatyBuilder } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import { TerminalPuppet } from '../../../examples/terminal-puppet.js';
import { CallbackPlugin } from '../../../src/index.js';
import { notingPino, type PinoLine } from '../noting-pino.js';
import { writeQuickPassword } from '../quick-password.js';
import { password } from '../running-console.js';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.js';

/** The bot of `npm start` with its console, on a file of its own. */
export interface PageConsole {
  readonly origin: string;
  readonly folder: TemporaryFolder;
  /** The file with the rules. */
  readonly file: string;
  /** The bot's platform: what people say to it. */
  readonly puppet: TerminalPuppet;
  /** What the bot said, oldest first. */
  readonly said: readonly string[];
  readonly lines: readonly PinoLine[];
}

/**
 * Starts it; everything is stopped when the test is over.
 *
 * @param rules the whole file; its port should be 0
 * @param beside more bots of the same program
 */
export async function startPageConsole(
  rules: string,
  beside: readonly Puppet[] = [],
): Promise<PageConsole> {
  const folder = temporaryFolder();
  const file = folder.write('.wechatyrc.yaml', rules);
  await writeQuickPassword(folder.path, password);
  const { logger, lines } = notingPino();
  const said: string[] = [];
  const puppet = new TerminalPuppet(
    ({ from, text }) => {
      if (from === 'bot') said.push(text);
    },
    ['产品群'],
  );
  const plugin = CallbackPlugin(file, { logger });
  const bots = [puppet, ...beside].map((each) => WechatyBuilder.build({ puppet: each }));
  for (const bot of bots) {
    bot.use(plugin);
    await bot.start();
  }
  onTestFinished(async () => {
    await plugin.close({ graceMs: 500 });
    for (const bot of bots) await bot.stop();
  });
  await plugin.ready;
  const told = lines.map(({ msg }) => /(http:\/\/\S+:\d+)\/console\//u.exec(msg)?.[1]);
  const origin = told.find((found) => found !== undefined) ?? '';
  return { origin, folder, file, puppet, said, lines };
}
