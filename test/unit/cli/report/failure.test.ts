import { describe, expect, test } from 'vitest';
import { reportingFailure } from '../../../../src/cli/report/failure.js';
import { UsageError } from '../../../../src/cli/report/usage-error.js';
import { CallbackError } from '../../../../src/core/errors.js';
import { ProblemsError } from '../../../../src/core/problem.js';
import { captureIo } from '../../../support/captured-io.js';

const text = { en: 'It is closed.', zh: '已关闭。' };
const failing = (thrown: unknown) => () => Promise.reject(thrown);

describe('reportingFailure', () => {
  test('hands on the exit code when nothing goes wrong', async () => {
    const io = captureIo('/');
    expect(await reportingFailure('x', {}, io, () => Promise.resolve(3))).toBe(3);
    expect(io.out() + io.err()).toBe('');
  });

  test.each([
    ['an error of ours', new CallbackError('closed', { text }), 1],
    ['a wrong command line', new UsageError(text), 2],
    ['problems', new ProblemsError([{ text, path: ['rules'] }]), 1],
    ['anything else', new TypeError('boom'), 4],
    ['what is no error at all', 'boom', 4],
  ])('has an exit code for %s', async (_about, error, exitCode) => {
    expect(await reportingFailure('x', {}, captureIo('/'), failing(error))).toBe(exitCode);
  });

  test.each([
    ['en', 'Error: It is closed.\n'],
    ['zh', '错误：已关闭。\n'],
  ] as const)('says an error in the language of the terminal (%s)', async (language, said) => {
    const io = captureIo('/', { language });
    await reportingFailure('x', {}, io, failing(new CallbackError('closed', { text })));
    expect(io.err()).toBe(said);
  });

  test.each([
    ['en', 'This is a fault of wechaty-callback itself, please report it: TypeError: boom'],
    ['zh', '这是 wechaty-callback 自身的故障，请反馈：TypeError: boom'],
  ] as const)('asks to report what nobody expected (%s)', async (language, beginning) => {
    const io = captureIo('/', { language });
    await reportingFailure('x', {}, io, failing(new TypeError('boom')));
    expect(io.err().startsWith(beginning)).toBe(true);
    expect(io.err()).toContain('failure.test.ts');
  });

  test('says problems that belong to no file', async () => {
    const io = captureIo('/');
    await reportingFailure('x', {}, io, failing(new ProblemsError([{ text, path: [] }])));
    expect(io.err()).toBe('The rules cannot be used:\n    It is closed.\n');
  });

  test('writes the fault of the program as JSON', async () => {
    const io = captureIo('/');
    await reportingFailure('x', { json: true }, io, failing(new TypeError('boom')));
    expect(JSON.parse(io.out())).toEqual({
      command: 'x',
      exitCode: 4,
      errors: [{ code: 'fault', message: 'TypeError: boom' }],
    });
    expect(io.err()).toBe('');
  });

  test('makes the file of a problem absolute in JSON', async () => {
    const io = captureIo('/srv/bot', { language: 'zh' });
    const problem = { text, path: ['rules', 2, 'keywords'], rule: '订阅', file: 'a.yaml', line: 7 };
    await reportingFailure('x', { json: true }, io, failing(new ProblemsError([problem])));
    expect(JSON.parse(io.out())).toMatchObject({
      errors: [
        {
          code: 'config-invalid',
          message: '已关闭。',
          file: '/srv/bot/a.yaml',
          line: 7,
          rule: '订阅',
          key: 'rules[2].keywords',
        },
      ],
    });
  });
});
