import { expect, test } from 'vitest';
import { explainCommand } from '../../../src/cli/explain.js';
import { captureIo } from '../../support/captured-io.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const rules = `rules:
  - name: orders
    keywords: ['订单(?<id>\\d+)']
    match: regex
    searchIn: [text, quote]
    callback: { url: "http://127.0.0.1:4000/" }
`;

function folder(): string {
  const made = temporaryFolder();
  made.write('.wechatyrc', rules);
  return made.path;
}

test('shows what the rules see of a message with --quote', async () => {
  const io = captureIo(folder());
  const told = {
    text: '@小助手 到哪了 @张三',
    quote: '订单42 已发货',
    room: '产品群',
    mention: true,
  };
  expect(await explainCommand(told, io)).toBe(0);
  expect(
    io.out(),
  ).toBe(`Event: message "@小助手 到哪了 @张三" quoting "订单42 已发货", in the room "产品群", to the bot (@)
Words: "@小助手 到哪了 @张三"
Quotation: "订单42 已发货"
Mentions: the bot (by name), "张三" (by name)
Roles: friend, member

matches  orders  question: "到哪了 @张三"
                 groups: id="42"

1 of 1 rules matches.
`);
});

test('parts a text that quotes by itself, in Chinese too', async () => {
  const text = '「老王：订单42 已发货」\n- - - - - - - - - - - - - - -\n到哪了';
  const io = captureIo(folder(), { language: 'zh' });
  expect(await explainCommand({ text }, io)).toBe(0);
  expect(io.out()).toContain(`
正文："到哪了"
引用："订单42 已发货"（"老王"）
提及：无
身份：好友

匹配  orders  问题："到哪了"
              变量：id="42"
`);
});

test('tells programs the same', async () => {
  const io = captureIo(folder());
  await explainCommand({ text: '到哪了', quote: '订单42', json: true }, io);
  expect(JSON.parse(io.out())).toMatchObject({
    event: { message: { text: '到哪了', quote: '订单42' } },
    seen: { words: '到哪了', quoted: { text: '订单42' }, mentions: [], roles: ['friend'] },
  });
});

test('an event that is no message has roles alone', async () => {
  const io = captureIo(folder());
  await explainCommand({ event: 'room-join', room: '产品群', json: true }, io);
  expect(JSON.parse(io.out())).toMatchObject({
    seen: { mentions: [], roles: ['friend', 'member'] },
  });
});
