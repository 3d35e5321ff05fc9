import { describe, expect, test } from 'vitest';
import { runProgram } from '../../src/cli/program/run-program.js';
import { runEventTaskResponseSchema } from '../../src/protocol/index.js';
import { captureIo } from '../support/captured-io.js';
import { freePort, startChild } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import { readPair } from '../support/document-pair.js';
import { blockOf } from '../support/markdown-file.js';
import { listens, postJson } from '../support/posting.js';
import { snippetFolder } from '../support/snippet-folder.js';

const { en: english, zh: chinese } = readPair('README.md');

const block = (language: string, index = 0) => blockOf(english, language, index);

const locales = { en: 'en_US.UTF-8', zh: 'zh_CN.UTF-8' } as const;

test.each([english, chinese])('$path shows what npm start prints', async (readme) => {
  const locale = locales[readme.language];
  const shown = blockOf(readme, 'text');
  const [typed = '', ...lines] = shown.trimEnd().split('\n');
  const port = String(await freePort());
  const env = { LANG: locale, LC_ALL: '', PORT: port, NO_UPDATE_NOTIFIER: '1' };
  const input = `${typed.replace('Alice> ', '')}\n`;
  const { printed, code } = await startChild('npm', ['start'], { cwd: '.', env, input }).ended;
  expect(printed.trimEnd().split('\n').slice(-lines.length).map(general)).toEqual(
    lines.map(general),
  );
  expect(code).toBe(0);
});

/** A line without what differs from run to run, and without fields that are many or vary. */
function general(line: string): string {
  return line
    .replaceAll(/\d{4}-\d\d-\d\d/gu, 'date')
    .replaceAll(/\d\d:\d\d:\d\d/gu, 'time')
    .replaceAll(/\d{10,}/gu, 'number')
    .replace(/(?<=INFO Callback .*?)(?: \w+=\S+)+.*$/u, '');
}

/** All snippets in one folder, as they are but for their port. */
async function writtenSnippets() {
  const folder = snippetFolder('readme');
  const receiver = await freePort();
  const write = (name: string, text: string) =>
    folder.write(name, text.replaceAll('4000', String(receiver)));
  write('bot.mjs', block('js', 0));
  write('.wechatyrc', block('yaml'));
  write('receiver.mjs', block('js', 1));
  return { folder, receiver };
}

describe('the snippets, run as they are written', () => {
  test('have no fault that the compiler finds', async () => {
    const { folder } = await writtenSnippets();
    expect(await folder.faults()).toBe('');
  });

  test('let the bot say what the receiver answers', async () => {
    const { folder, receiver: port } = await writtenSnippets();
    const receiver = folder.start('receiver.mjs');
    await listens(port);
    const env = {
      WECHATY_PUPPET: 'wechaty-puppet-mock',
      ALICE_SAYS: '订阅 周报 📰',
      LANG: 'en_US.UTF-8',
      LC_ALL: '',
    };
    const ahead = [compiled('test/support/alice-speaks.ts')];
    const bot = folder.start('bot.mjs', { env, ahead });
    await bot.prints('bot says: ok, 订阅 周报 📰');
    expect(bot.printed()).not.toMatch(/ERR|WARN|Error/u);
    expect(receiver.printed()).toContain("question: '订阅 周报 📰'");
    bot.kill('SIGTERM');
    expect(await bot.ended).toMatchObject({ signal: 'SIGTERM' });
  });

  test('answer the task that is shown', async () => {
    const { folder, receiver: port } = await writtenSnippets();
    const receiver = folder.start('receiver.mjs');
    await listens(port);
    const answer = await postJson(`http://127.0.0.1:${port}/user/subscribe`, block('json', 0));
    expect(runEventTaskResponseSchema.parse(await answer.json())).toEqual({
      success: true,
      message: 'ok, 订阅 周报',
    });
    await receiver.prints("userId: 'wxid_alice'");
  });

  test('pass the doctor', async () => {
    const { folder, receiver } = await writtenSnippets();
    folder.start('receiver.mjs');
    await listens(receiver);
    const io = captureIo('/');
    await runProgram(['doctor', `http://127.0.0.1:${receiver}/user/subscribe`], io);
    expect(io.out()).toContain('The receiver can be used.');
  });
});
