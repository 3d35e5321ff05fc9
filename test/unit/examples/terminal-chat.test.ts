import { PassThrough } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { log, WechatyBuilder } from 'wechaty';
import { createTerminalChat } from '../../../examples/terminal-chat.js';
import { CallbackPlugin } from '../../../src/index.js';
import { readMarkdown } from '../../support/markdown-file.js';
import { body, json, type Receiver, startReceiver } from '../../support/receiver.js';

let receiver: Receiver;

beforeEach(async () => {
  log.level('silent');
  receiver = await startReceiver();
});

afterEach(async () => {
  await receiver.close();
});

/** Everything a terminal shows when these lines are typed and answered by the receiver. */
async function shown(lines: readonly string[], chinese = false): Promise<readonly string[]> {
  const input = new PassThrough();
  const output = new PassThrough();
  const chat = createTerminalChat({ input, output, chinese });
  const rule = { name: 'all', callback: { url: `${receiver.origin}/` } };
  const plugin = CallbackPlugin({
    rules: [rule],
    journal: { store: 'memory' },
    log: { level: 'silent' },
  });
  const bot = WechatyBuilder.build({ puppet: chat.puppet });
  bot.use(plugin);
  await bot.start();
  await plugin.ready;
  const heard = lines.filter((line) => !line.startsWith('/')).length;
  input.end(`${lines.join('\n')}\n`);
  await chat.run();
  await vi.waitFor(() => expect(receiver.calls.length).toBeGreaterThanOrEqual(heard), 5000);
  await plugin.close({ graceMs: 10_000 });
  await bot.stop();
  output.end();
  return (await readAll(output)).trimEnd().split('\n');
}

/** The replies that the documentation shows; the image comes from where one can be fetched here. */
function documentedReplies(): readonly object[] {
  const { blocks } = readMarkdown('docs/receiver.md');
  const block = blocks.find(({ text }) => text.includes('"replies": ['))?.text ?? '';
  const { replies } = JSON.parse(block) as { replies: { readonly url?: string }[] };
  return replies.map((reply) =>
    reply.url?.endsWith('.png') ? { ...reply, url: `${receiver.origin}/weekly.png` } : reply,
  );
}

test.each([
  [false, 'mini program', 'contact', 'location'],
  [true, '小程序', '名片', '位置'],
])('shows every kind of reply in the documentation (Chinese: %s)', async (chinese, ...labels) => {
  const answer = json({ success: true, message: '', replies: documentedReplies() });
  receiver.behave(answer, body('image/png', 'png'));
  const lines = await shown(['hello'], chinese);
  expect(lines.slice(lines.indexOf('This week:') + 1)).toEqual([
    'bot: [weekly.png]',
    'bot: [hello.txt]',
    'bot: [Weekly] https://example.com',
    `bot: [${labels[0]}] Shop · wx0123456789abcdef/pages/index`,
    `bot: [${labels[1]}] wxid_support`,
    `bot: [${labels[2]}] Guangzhou · 23.13, 113.27`,
  ]);
});

test.each([
  [false, 'Usage: /as NAME, e.g. /as Bob', 'Usage: /join NAME, e.g. /join Bob'],
  [true, '用法：/as 名字，例如 /as 小王', '用法：/join 名字，例如 /join 小王'],
])('says what /as and /join want when the name is missing (Chinese: %s)', async (...wanted) => {
  const [chinese, ...usages] = wanted;
  expect(await shown(['/as', '/join  '], chinese)).toEqual(usages);
  expect(receiver.calls).toEqual([]);
});
