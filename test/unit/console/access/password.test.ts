import {
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  generatePassword,
  hashPassword,
  isPassword,
} from '../../../../src/console/access/password.js';
import {
  openPassword,
  passwordFile,
  readPassword,
  writePassword,
} from '../../../../src/console/access/password-file.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

describe('the password of a console', () => {
  test('is told from every other, and its hash does not hold it', async () => {
    const kept = await hashPassword('订阅订阅订阅订阅é');
    expect(await isPassword('订阅订阅订阅订阅e\u0301', kept)).toBe(true);
    expect(await isPassword('订阅订阅订阅订阅', kept)).toBe(false);
    expect(await isPassword('', kept)).toBe(false);
    expect(JSON.stringify(kept)).not.toContain('订阅');
    // 32 MB and some 100 ms a try.
    expect(kept).toMatchObject({ n: 2 ** 15, r: 8, p: 3 });
    expect((await hashPassword('订阅订阅订阅订阅é')).hash).not.toBe(kept.hash);
  });

  test('that is made is long, random and easily typed', () => {
    const made = Array.from({ length: 50 }, generatePassword);
    expect(new Set(made).size).toBe(50);
    for (const password of made)
      expect(password).toMatch(/^(?:[a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/u);
  });

  test('is made once, and its file is for this user alone', async () => {
    const file = passwordFile(temporaryFolder().path);
    const { generated = '' } = await openPassword(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await openPassword(file);
    expect(again.generated).toBeUndefined();
    expect(await isPassword(generated, again.kept)).toBe(true);
  });

  test('gets a file for this user alone even where a looser one stood', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechaty/console.json', '{}');
    await writePassword(file, 'another password');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is never written through a link', async () => {
    const folder = temporaryFolder();
    const theirs = folder.write('theirs', 'untouched');
    const file = folder.write('.wechaty/console.json', '{}');
    symlinkSync(theirs, `${file}.${process.pid}.tmp`);
    await writePassword(file, 'another password');
    const linked = passwordFile(join(folder.path, 'linked'));
    folder.write('linked/.wechaty/other', '');
    symlinkSync(theirs, linked);
    await writePassword(linked, 'another password');
    expect(readFileSync(theirs, 'utf8')).toBe('untouched');
    expect(lstatSync(linked).isFile()).toBe(true);
    expect(readdirSync(join(folder.path, 'linked', '.wechaty')).toSorted()).toEqual([
      'console.json',
      'other',
    ]);
  });

  test.each(['', '{', '{}', '{"password":{"algorithm":"plain","hash":"x"}}'])(
    'kept as %j lets nobody in, and is not replaced',
    async (content) => {
      const file = temporaryFolder().write('.wechaty/console.json', content);
      await expect(openPassword(file)).rejects.toMatchObject({
        code: 'console-password-unreadable',
      });
      writeFileSync(file, content);
      await expect(readPassword(file)).rejects.toMatchObject({
        code: 'console-password-unreadable',
      });
    },
  );

  test('that cannot be kept says so', async () => {
    const folder = temporaryFolder();
    const file = join(folder.write('plain', ''), 'console.json');
    await expect(writePassword(file, 'x')).rejects.toMatchObject({
      code: 'console-password-unwritable',
    });
  });
});
