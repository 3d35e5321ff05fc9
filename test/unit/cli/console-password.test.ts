import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { consolePasswordCommand } from '../../../src/cli/console-password.js';
import { isPassword } from '../../../src/console/access/password.js';
import { readPassword } from '../../../src/console/access/password-file.js';
import { captureIo } from '../../support/captured-io.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('console-password', () => {
  test('makes a password, shows it once, and keeps only its hash', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc.yaml', 'rules: []\n');
    const io = captureIo(folder.path);
    expect(await consolePasswordCommand({}, io)).toBe(0);
    const password = /[a-z2-9]{5}(?:-[a-z2-9]{5}){3}/u.exec(io.out())?.[0] ?? '';
    const file = join(folder.path, '.wechaty', 'console.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(password);
    const kept = await readPassword(file);
    expect(kept && (await isPassword(password, kept))).toBe(true);
  });

  test('takes a password from the standard input, and does not show it', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc.yaml', 'rules: []\n');
    const io = captureIo(folder.path);
    const input = Readable.from(['my own password\n']);
    expect(await consolePasswordCommand({ stdin: true, json: true }, io, input)).toBe(0);
    expect(io.out()).not.toContain('my own password');
    expect(JSON.parse(io.out())).toMatchObject({ command: 'console-password', exitCode: 0 });
    const kept = await readPassword(join(folder.path, '.wechaty', 'console.json'));
    expect(kept && (await isPassword('my own password', kept))).toBe(true);
  });

  test('refuses a password that is too short', async () => {
    const folder = temporaryFolder();
    folder.write('.wechatyrc.yaml', 'rules: []\n');
    const io = captureIo(folder.path);
    expect(await consolePasswordCommand({ stdin: true }, io, Readable.from(['short']))).toBe(2);
    expect(io.err()).toContain('10');
  });
});
