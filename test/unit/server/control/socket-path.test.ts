import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { socketPath } from '../../../../src/server/control/socket-path.js';

const configFile = '/srv/bot/.wechatyrc';

describe('the path of the control socket', () => {
  test('is beside the journal', () => {
    expect(socketPath({ configFile, journalFile: '/data/callback.db', platform: 'linux' })).toBe(
      '/data/callback.sock',
    );
  });

  test('is named for the rules when the journal is no file', () => {
    expect(socketPath({ configFile, platform: 'linux' })).toBe('/srv/bot/.wechaty/.wechatyrc.sock');
  });

  test('is a short one when the system would not take it', () => {
    const journalFile = `/srv/${'很长'.repeat(30)}/callback.db`;
    const path = socketPath({ configFile, journalFile, platform: 'linux' });
    expect(dirname(path)).toBe(join(tmpdir(), `wechaty-callback-${process.getuid?.() ?? 0}`));
    expect(Buffer.byteLength(path)).toBeLessThan(104);
    expect(socketPath({ configFile, journalFile, platform: 'linux' })).toBe(path);
    const other = socketPath({
      configFile,
      journalFile: `${journalFile}2/a.db`,
      platform: 'linux',
    });
    expect(other).not.toBe(path);
  });

  test('is a named pipe on Windows', () => {
    expect(socketPath({ configFile, platform: 'win32' })).toMatch(
      /^\\\\\.\\pipe\\wechaty-callback-[0-9a-f]{24}$/u,
    );
  });
});
