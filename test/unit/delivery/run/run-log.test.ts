import { expect, test } from 'vitest';
import { CallbackError } from '../../../../src/core/errors.js';
import type { Bilingual } from '../../../../src/core/language.js';
import { type LogFields, silentLogger } from '../../../../src/core/logger.js';
import { createRunLog } from '../../../../src/delivery/run/run-log.js';
import type { Unsaid } from '../../../../src/delivery/run/unsaid.js';
import { postgresFault } from '../../../../src/postgres/fault.js';
import { manualClock } from '../../../support/manual-clock.js';
import { sampleTask } from '../../../support/sample-task.js';

test('a journal that is away for long does not fill the log', async () => {
  const clock = manualClock();
  const lines: unknown[] = [];
  const error = (...line: unknown[]) => lines.push(line);
  const log = createRunLog({ ...silentLogger, error }, clock, 'host/1');
  for (let second = 0; second < 150; second += 1) {
    log.journalFailed(postgresFault('unreachable', 'db/bots', 'ECONNREFUSED'));
    await clock.advance(1000);
  }
  expect(lines).toHaveLength(3);
  expect(lines[1]).toEqual([
    expect.objectContaining({ en: expect.stringContaining('db/bots cannot be reached') }),
    { error: 'CallbackError postgres-unreachable', runner: 'host/1', more: 59 },
  ]);
});

/** The lines for something that could not be said. */
function unsaid(error: unknown, what: Unsaid) {
  const lines: { readonly text: Bilingual; readonly fields: LogFields | undefined }[] = [];
  const warn = (text: Bilingual, fields?: LogFields) => lines.push({ text, fields });
  createRunLog({ ...silentLogger, warn }, manualClock()).notSaid(sampleTask(), error, what);
  return lines;
}

test('what could not be said is named, with the cause and where it was thrown', () => {
  const cause = new TypeError('words of a message\n    at a secret place');
  const text = { en: 'The platform did not take it.', zh: '平台未接受。' };
  const lines = unsaid(new CallbackError('say-failed', { text, cause }), 'miniProgram');
  expect(lines).toEqual([
    {
      text: {
        en: 'A mini program could not be said. The platform did not take it.',
        zh: '一条小程序回复未能发出。平台未接受。',
      },
      fields: expect.objectContaining({
        error: 'CallbackError say-failed',
        at: expect.stringMatching(/^at .*run-log\.test\.ts/u),
      }),
    },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/secret|words of/u);
});

test('an error of ours needs no place', () => {
  const text = { en: 'Gone.', zh: '已不存在。' };
  const error = new CallbackError('conversation-gone', { text, cause: new Error('404') });
  const [line] = unsaid(error, 'image');
  expect(line?.text.en).toBe('An image could not be said. Gone.');
  expect(line?.fields?.['at']).toBeUndefined();
});
