import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createSqliteJournal } from '../../../../src/journal/open-sqlite.js';
import { compiled } from '../../../support/compiled.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const program = compiled('test/unit/journal/sqlite/full-disk-child.ts');

interface Line {
  readonly accepted?: number;
  readonly code?: string;
  readonly text?: { readonly en: string; readonly zh: string };
}

/** Starts the program; no file that it writes may grow beyond some hundred kilobytes. */
function startConfined(file: string) {
  // 2000 blocks of 512 or 1024 bytes, as the shell has it.
  const command = 'ulimit -S -f 2000; exec "$0" "$@"';
  const child = spawn('sh', ['-c', command, process.execPath, program, file], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await lines.next()).value)) as Line;
  return { child, next };
}

test('refuses clearly when nothing more can be written, lives on, and loses nothing', async () => {
  const file = join(temporaryFolder().path, 'callback.db');
  const { child, next } = startConfined(file);
  let accepted = 0;
  let line = await next();
  for (; line.accepted !== undefined; line = await next()) accepted += 1;
  const refused = {
    code: 'journal-full',
    text: { en: expect.stringContaining(file), zh: expect.stringContaining('请清理磁盘空间') },
  };
  expect(line).toMatchObject(refused);
  expect(accepted).toBeGreaterThan(10);

  child.stdin.write('again\n');
  expect(await next()).toMatchObject(refused);

  // Room is made; the program is not told.
  execFileSync('prlimit', ['--pid', `${child.pid}`, '--fsize=unlimited']);
  for (let n = 0; n < 50; n += 1) {
    child.stdin.write('again\n');
    expect(await next()).toMatchObject({ accepted: accepted + 3 + n });
  }
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);

  const journal = await createSqliteJournal({ file });
  onTestFinished(() => journal.close());
  expect((await journal.stats()).counts.waiting).toBe(accepted + 50);
});
