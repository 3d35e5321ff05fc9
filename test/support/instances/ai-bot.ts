/**
 * One of several programs that run the same AI bot on one database; killed by the test that started it.
 * Argument: what `AiBotSettings` says, as JSON. Prints `ready` when it hears.
 */
import { WechatyBuilder } from 'wechaty';
import { CallbackPlugin, PuppetWeComBot } from '../../../src/index.js';

/** What an instance is told. */
export interface AiBotSettings {
  readonly port: number;
  /** A `postgres://…` address. */
  readonly store: string;
  readonly receiver: string;
  /** Of the receiver, for all instances together. Default: none. */
  readonly rate?: { readonly count: number; readonly every: string };
  readonly token: string;
  readonly aesKey: string;
}

const settings = JSON.parse(process.argv[2] ?? '') as AiBotSettings;
const plugin = CallbackPlugin({
  rules: [{ name: 'all', callback: { url: settings.receiver, timeout: '10m' } }],
  loopLimit: false,
  receivers: settings.rate ? { [new URL(settings.receiver).origin]: { rate: settings.rate } } : {},
  server: { port: settings.port },
  journal: { store: settings.store },
  log: { level: 'warn' },
});
const { token, aesKey } = settings;
const puppet = new PuppetWeComBot({ token, aesKey, store: 'memory' });
const bot = WechatyBuilder.build({ puppet });
bot.use(plugin);
await bot.start();
await plugin.ready;
process.once('SIGTERM', () => {
  void plugin
    .close({ graceMs: 5000 })
    .then(() => bot.stop())
    .then(() => process.exit(0));
});
// Behind it: whoever reads this may end the program at once.
process.stdout.write('ready\n');
