import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { runEventTaskSchema } from '../../src/protocol/index.js';
import { freePort, startChild } from '../support/child.js';
import { startAdapters, startCommand } from '../support/command.js';
import { compiled } from '../support/compiled.js';
import { type FakeWeCom, startFakeWeCom } from '../support/fake-wecom/fake-wecom.js';
import { gate } from '../support/gate.js';
import { json, type Receiver, startReceiver } from '../support/receiver.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { waitUntil } from '../support/wait-until.js';
import {
  salesApp,
  type WeComRules,
  weComCallers,
  writeWeComRules,
} from '../support/wecom-rules.js';

let fake: FakeWeCom;
let receiver: Receiver;
let cwd: string;
let port: number;

beforeEach(async () => {
  const app = { agentId: 1_000_002, secret: 'Fake-Secret_of-the-first-app', name: '售后' };
  fake = await startFakeWeCom({ apps: [app, salesApp] });
  receiver = await startReceiver();
  onTestFinished(async () => {
    await receiver.close();
    await fake.close();
  });
  cwd = temporaryFolder().path;
  port = await freePort();
});

function rules(told: Partial<WeComRules> = {}): void {
  writeWeComRules(cwd, fake, { receiver: `${receiver.origin}/hook`, port, ...told });
}

const shown = (userid: string) =>
  fake.shownTo(userid).map(({ via, agentId, content }) => [via, agentId, content['content']]);

describe('start', () => {
  test('runs every app of the file, each with its own rules of the platform', async () => {
    receiver.behave((response, call) => {
      const { question, variables } = runEventTaskSchema.parse(JSON.parse(call.body));
      const message = `${variables?.['botId'] ?? ''}：${question}`;
      return json({ success: true, message })(response, call);
    });
    rules();
    const child = await startAdapters({ cwd });
    const { service, sales } = weComCallers(fake, port);
    expect([await service.verifyUrl(), await sales.verifyUrl()]).toEqual([undefined, undefined]);
    const delivered = await Promise.all([service.say('bob', '退货 📦'), sales.say('bob', '报价')]);
    expect(delivered).toMatchObject([{ isTaken: true }, { isTaken: true }]);
    await waitUntil('both answers', () => fake.shownTo('bob').length === 2);
    const answers = shown('bob').toSorted(([, one], [, other]) => Number(one) - Number(other));
    expect(answers).toEqual([
      ['passive', fake.app.agentId, '售后：退货 📦'],
      ['passive', salesApp.agentId, '销售：报价'],
    ]);
    expect(child.printed()).not.toMatch(/Secret|Token9|退货|报价/u);
    child.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ code: 0, signal: null });
  });

  test('says in the language of the operator where WeCom has to call', async () => {
    rules();
    const english = await startAdapters({ cwd });
    expect(english.printed()).toContain(`  售后  http://127.0.0.1:${port}/wecom\n`);
    expect(english.printed()).toContain(`  销售  http://127.0.0.1:${port}/wecom/sales\n`);
    expect(english.printed()).toContain('known to this computer only');
    expect(english.printed()).not.toMatch(/starts no `adapters`|without effect/u);
    english.kill('SIGTERM');
    await english.ended;
    rules({ server: { publicUrl: 'https://bot.example.com/im/' } });
    const chinese = await startAdapters({ cwd, locale: 'zh_CN.UTF-8' });
    expect(chinese.printed()).toContain('回调地址');
    expect(chinese.printed()).toContain('  售后  https://bot.example.com/im/wecom\n');
    expect(chinese.printed()).not.toContain('只能从本机访问');
    chinese.kill('SIGTERM');
    expect(await chinese.ended).toMatchObject({ code: 0 });
  });

  test('says what rules want and WeCom apps have not', async () => {
    rules({ rule: { reply: { quote: true } } });
    const child = await startAdapters({ cwd });
    const note = 'Rule "all" wants quoting, it will be imitated as text (wecom).';
    expect(child.printed().split(note)).toHaveLength(2);
    const { service } = weComCallers(fake, port);
    await service.say('bob', '营业时间？');
    await waitUntil('the answer', () => fake.shownTo('bob').length > 0);
    const [[, , text] = []] = shown('bob');
    expect(text).toMatch(/营业时间？[\s\S]*ok$/u);
    child.kill('SIGTERM');
    await child.ended;
  });

  test('knows its webhooks from the first answer on, also with a console', async () => {
    rules({ more: { console: { enabled: true }, metrics: { enabled: true } } });
    const child = startCommand(['start'], { cwd });
    const statuses: number[] = [];
    for (let isRunning = false; !isRunning; isRunning = child.printed().includes('doctor --')) {
      const response = await fetch(`http://127.0.0.1:${port}/wecom/sales`, {
        method: 'POST',
      }).catch(() => undefined);
      if (response) statuses.push(response.status);
      await pause(2);
    }
    // 400: there is no signature. A 404, and the platform would not send again.
    expect(statuses.length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status !== 400 && status !== 503)).toEqual([]);
    child.kill('SIGTERM');
    await child.ended;
  });

  test('answers what it has accepted before it ends', async () => {
    const { opened, open: answer } = gate();
    receiver.behave(async (response, call) => {
      await opened;
      await json({ success: true, message: '来了' })(response, call);
    });
    rules({ app: { passive: 'never' } });
    const child = await startAdapters({ cwd });
    const { service } = weComCallers(fake, port);
    expect(await service.say('bob', '在吗')).toMatchObject({ isTaken: true });
    await waitUntil('the call', () => receiver.calls.length === 1);
    child.kill('SIGTERM');
    await child.prints('Stopping: answers on their way are waited for.');
    answer();
    const { code, printed } = await child.ended;
    expect([code, shown('bob')]).toEqual([0, [['send', fake.app.agentId, '来了']]]);
    expect(printed).toContain('Stopping: answers on their way are waited for.');
  });
});

const whyNot = async (command = 'start') => {
  const { code, printed } = await startCommand([command], { cwd }).ended;
  return [code, printed] as const;
};

describe('start ends with 1 and says why', () => {
  test('when the rules cannot be used', async () => {
    rules({ app: { aesKey: 'short' } });
    const [code, printed] = await whyNot();
    expect(code).toBe(1);
    expect(printed).toContain('The rules cannot be used:');
    expect(printed).toContain('exactly 43 letters and digits');
  });

  test('when there are no adapters', async () => {
    writeFileSync(join(cwd, '.wechatyrc'), 'rules: []\n');
    expect(await whyNot()).toEqual([1, expect.stringContaining('has no adapters. Add one under')]);
  });

  test('when there is no file', async () => {
    const [code, printed] = await whyNot();
    expect([code, printed]).toEqual([1, expect.stringContaining('wechaty-callback init')]);
  });

  test('when the port is in use, before any bot runs', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    rules();
    for (const command of ['start', 'serve-puppet']) {
      const [code, printed] = await whyNot(command);
      expect([code, printed]).toEqual([
        1,
        `Error: 127.0.0.1:${port} is in use by another program: set \`server.port\` to a free port (0 takes any).\n`,
      ]);
    }
    expect(fake.calls).toEqual([]);
  });
});

test('a script with the plugin alone is told that it starts no adapters', async () => {
  rules();
  const index = compiled('src/index.ts');
  const script = `
    import { CallbackPlugin } from ${JSON.stringify(index)};
    const plugin = CallbackPlugin('.wechatyrc');
    await plugin.ready;
    await plugin.close();
  `;
  const args = ['--input-type=module', '-e', script];
  const { printed } = await startChild(process.execPath, args, { cwd, env: { LC_ALL: 'C.UTF-8' } })
    .ended;
  expect(printed).toContain(
    'CallbackPlugin starts no `adapters` of the file (售后, 销售): run `npx wechaty-callback start`',
  );
});
