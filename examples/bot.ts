/**
 * The example bot. `npm start` runs it.
 *
 * Without further ado it is a chat in the terminal, with the receiver beside it. With
 * `WECHATY_PUPPET` (and its token) in the environment the same script runs a real account.
 * Rules: a `.wechatyrc` in the working directory, else `examples/.wechatyrc.yaml`.
 */
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import QRCode from 'qrcode';
import { WechatyBuilder } from 'wechaty';
import { log } from 'wechaty-puppet';
import { CallbackPlugin, isCallbackError } from '../src/index.js';
import { firstFreePort } from './free-port.js';
import { type Receiver, receiverPort, startReceiver } from './receiver.js';
import { createTerminalChat } from './terminal-chat.js';

/** Long enough for the slowest route of the example receiver. */
const graceMs = 60_000;
const waitingNoticeMs = 2000;
const consolePort = 8788;

const { LC_ALL, LC_MESSAGES, LANG } = process.env;
// One that is empty counts as absent.
const chinese = /^zh/iu.test(LC_ALL || LC_MESSAGES || LANG || '');
const ownRules = readdirSync('.').some((name) => /^\.wechatyrc(\.(?!example)\w+)?$/u.test(name));
const rules = ownRules ? undefined : fileURLToPath(new URL('.wechatyrc.yaml', import.meta.url));

if (process.env['WECHATY_PUPPET']) await runAccount();
else await runTerminal();

async function runTerminal(): Promise<void> {
  const { stdin: input, stdout: output } = process;
  const chat = createTerminalChat({ input, output, chinese });
  log.enableLogging((_level, text) => chat.print((text ?? '').trimEnd()));
  const receiver = await startBesides((text) => chat.print(text));
  await chooseConsolePort((text) => chat.print(text));
  const plugin = CallbackPlugin(rules);
  const bot = WechatyBuilder.build({ puppet: chat.puppet });
  bot.use(plugin);
  await bot.start();
  await plugin.ready;

  await chat.run();
  // What was typed last is still on its way through Wechaty; a script types faster than a person.
  await pause(input.isTTY ? 200 : 1000);

  const waiting = setInterval(() => {
    console.log(
      chinese
        ? '还有回答未到，等待中……再按 Ctrl+C 立即退出。'
        : 'Waiting for answers on their way … Ctrl+C again leaves at once.',
    );
  }, waitingNoticeMs);
  await plugin.close({ graceMs });
  clearInterval(waiting);
  await bot.stop();
  await receiver?.close();
  // A pipe that somebody leaves open would keep the program running after `/quit`; so would the
  // channel to a parent such as pm2.
  input.destroy();
  process.channel?.unref();
}

/** The example receiver, unless something listens on its port already: then that one is called. */
async function startBesides(print: (text: string) => void): Promise<Receiver | undefined> {
  const port = receiverPort();
  // The example rules call the receiver wherever it listens.
  process.env['RECEIVER_URL'] ||= `http://127.0.0.1:${port}`;
  try {
    return await startReceiver({ port, print });
  } catch (error) {
    if (!isCallbackError(error)) throw error;
    print(
      chinese
        ? `端口 ${port} 已被占用，示例接收端未启动；机器人照常运行，示例规则会调用该端口上已有的程序。换端口：PORT=${port + 1}。`
        : `Port ${port} is in use, so the example receiver is not started. The bot runs on, and the example rules call what listens there. Another port: PORT=${port + 1}.`,
    );
    return undefined;
  }
}

/** Where the console's usual port is taken, the example rules take the next one that is free. */
async function chooseConsolePort(print: (text: string) => void): Promise<void> {
  if (ownRules || process.env['CONSOLE_PORT']) return;
  const free = await firstFreePort(consolePort);
  if (free === consolePort || free === undefined) return;
  process.env['CONSOLE_PORT'] = String(free);
  print(
    chinese
      ? `端口 ${consolePort} 已被占用，控制台改用 ${free}。`
      : `Port ${consolePort} is in use: the console is on ${free}.`,
  );
}

async function runAccount(): Promise<void> {
  await chooseConsolePort(console.log);
  // The login is kept in `wechaty-callback.memory-card.json` in the working directory.
  const bot = WechatyBuilder.build({ name: 'wechaty-callback' });
  const plugin = CallbackPlugin(rules);
  bot.use(plugin);
  bot.on('scan', (code) => {
    void QRCode.toString(code, { type: 'terminal', small: true }).then(console.log);
  });
  bot.on('login', (user) =>
    console.log(chinese ? `已登录：${user.name()}` : `Logged in: ${user.name()}`),
  );
  bot.on('logout', (user) =>
    console.log(chinese ? `已退出：${user.name()}` : `Logged out: ${user.name()}`),
  );
  bot.on('error', (error) => console.error(error.message));
  const stop = async () => {
    await plugin.close();
    await bot.stop();
    // pm2 and other parents with a channel to this program would keep it running.
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().catch(console.error));
  }
  await bot.start();
}
