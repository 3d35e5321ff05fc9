import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createMemoryJournal } from '../../../../src/journal/memory-journal.js';
import { connectControl } from '../../../../src/server/control/control-client.js';
import { openControlSocket } from '../../../../src/server/control/control-socket.js';
import { journalOperations } from '../../../../src/server/control/journal-operations.js';
import { socketPath } from '../../../../src/server/control/socket-path.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const { TMPDIR: usual } = process.env;

afterEach(() => {
  if (usual === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usual;
});

/** Where the socket of a journal with a long path is, in a folder for temporary files of its own. */
function longSocket() {
  const folder = temporaryFolder();
  process.env['TMPDIR'] = folder.path;
  const journalFile = `/srv/${'long'.repeat(40)}/callback.db`;
  const path = socketPath({ configFile: '/srv/.wechatyrc', journalFile });
  return { path, folder: dirname(path), outside: folder.path };
}

const operations = () => journalOperations(createMemoryJournal());

test('a socket whose own path is too long is in a folder of this user alone', async () => {
  const { path, folder } = longSocket();
  const socket = await openControlSocket(path, operations());
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(await connectControl(path)).toBeDefined();
  await socket.close(0);
});

test.each([
  ['others may enter', (folder: string) => (mkdirSync(folder), chmodSync(folder, 0o755))],
  [
    'is a link',
    (folder: string, outside: string) => {
      mkdirSync(join(outside, 'theirs'), { mode: 0o700 });
      symlinkSync(join(outside, 'theirs'), folder);
    },
  ],
])('a folder that %s is refused by the program and by its commands', async (_what, make) => {
  const { path, folder, outside } = longSocket();
  make(folder, outside);
  const refusal = { code: 'control-foreign' };
  await expect(openControlSocket(path, operations())).rejects.toMatchObject(refusal);
  await expect(connectControl(path)).rejects.toMatchObject(refusal);
});
