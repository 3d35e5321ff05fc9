import { expect, test } from 'vitest';
import { silentLogger } from '../../../../src/core/logger.js';
import { createRunLog } from '../../../../src/delivery/run/run-log.js';
import { postgresFault } from '../../../../src/postgres/fault.js';
import { manualClock } from '../../../support/manual-clock.js';

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
