import { expect, test } from 'vitest';
import { unreachable as openIMUnreachable } from '../../../src/adapters/openim/client/api-error.js';
import { unreachable as weComUnreachable } from '../../../src/adapters/wecom/client/api-error.js';
import { unreachable as wildfireUnreachable } from '../../../src/adapters/wildfire/client/api-error.js';
import { CallbackError, textOf } from '../../../src/core/errors.js';
import { lacksFiles, outOfFiles } from '../../../src/core/open-files.js';
import { verdictOf } from '../../../src/delivery/answer/verdict.js';
import { failureHint } from '../../../src/delivery/run/failure-hints.js';

const spent = Object.assign(new Error('open'), { code: 'EMFILE' });

test('a call that could not be made for want of files says nothing of its receiver', () => {
  expect(verdictOf({ kind: 'connection', code: 'EMFILE' })).toBe('nothing');
  expect(verdictOf({ kind: 'connection', code: 'ENFILE' })).toBe('nothing');
  expect(verdictOf({ kind: 'connection', code: 'ECONNREFUSED' })).toBe('failed');
});

test('the log says what to do about it, whatever failed', () => {
  expect(failureHint('connection: EMFILE')).toBe(outOfFiles);
  expect(textOf(spent).en).toContain('ulimit -n');
  const text = { en: 'The file cannot be read.', zh: '无法读取文件。' };
  const wrapped = new CallbackError('config-unreadable', { text, cause: spent });
  expect(textOf(wrapped).en).toBe(`${text.en} ${outOfFiles.en}`);
  expect(textOf(wrapped).zh).toContain('LimitNOFILE');
  expect(lacksFiles(new Error('other', { cause: wrapped }))).toBe(true);
  expect(lacksFiles(new CallbackError('config-unreadable', { text }))).toBe(false);
});

test('a platform is not blamed for it', () => {
  const failure = { kind: 'failure', code: 'EMFILE', isUnsent: true } as const;
  for (const unreachable of [openIMUnreachable, weComUnreachable, wildfireUnreachable]) {
    expect(unreachable('/x', failure).text.en).toContain(outOfFiles.en);
    expect(unreachable('/x', { ...failure, code: 'ECONNREFUSED' }).text.en).toContain('network');
  }
});
