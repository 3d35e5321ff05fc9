import {
  chmodSync,
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
  readRuleFile,
  replaceRuleFile,
  whyReadOnly,
} from '../../../../src/console/rules/rule-file.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

describe('a file of rules', () => {
  test('is replaced whole, with its rights, and nothing is left beside it', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc.yaml', 'rules: []\n');
    chmodSync(file, 0o640);
    const { edition } = await readRuleFile(file);
    const next = await replaceRuleFile(file, 'rules: [] # new\n', edition);
    expect(readFileSync(file, 'utf8')).toBe('rules: [] # new\n');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect((await readRuleFile(file)).edition).toBe(next);
    expect(readdirSync(folder.path)).toEqual(['.wechatyrc.yaml']);
  });

  test('that is a link stays one', async () => {
    const folder = temporaryFolder();
    const real = folder.write('shared/rules.yaml', 'rules: []\n');
    const link = join(folder.path, '.wechatyrc.yaml');
    symlinkSync(real, link);
    const { edition } = await readRuleFile(link);
    await replaceRuleFile(link, 'rules: [] # new\n', edition);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe('rules: [] # new\n');
  });

  test('is left alone when somebody else has changed it', async () => {
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc.yaml', 'rules: []\n');
    const { edition } = await readRuleFile(file);
    writeFileSync(file, 'rules: [] # by hand\n');
    await expect(replaceRuleFile(file, 'rules: [] # new\n', edition)).rejects.toMatchObject({
      code: 'file-changed',
    });
    expect(readFileSync(file, 'utf8')).toBe('rules: [] # by hand\n');
    expect(readdirSync(folder.path)).toHaveLength(1);
  });

  test('that is gone, or cannot be written, says so', async () => {
    const folder = temporaryFolder();
    await expect(replaceRuleFile(join(folder.path, 'none'), '', 'x')).rejects.toMatchObject({
      code: 'not-writable',
    });
    await expect(readRuleFile(join(folder.path, 'none'))).rejects.toMatchObject({
      code: 'not-editable',
    });
    // Nobody, not even root, can make a file in there.
    await expect(replaceRuleFile('/proc/version', 'x', 'x')).rejects.toMatchObject({
      code: 'not-writable',
      text: { zh: expect.stringContaining('无法写入') as string },
    });
  });

  test.each(['wechaty.config.js', '.wechatyrc.mjs', '.wechatyrc.cjs', 'package.json'])(
    'called %s is not edited',
    async (name) => {
      const file = temporaryFolder().write(name, '{}');
      await expect(readRuleFile(file)).rejects.toMatchObject({ code: 'not-editable' });
    },
  );

  test('is needed: rules handed over in code have none', () => {
    expect(whyReadOnly(undefined)?.en).toContain('in code');
    expect(whyReadOnly('/x/.wechatyrc')).toBeUndefined();
    expect(whyReadOnly('/x/.wechatyrc.json')).toBeUndefined();
  });
});
