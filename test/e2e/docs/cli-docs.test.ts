import { describe, expect, test } from 'vitest';
import { startChild } from '../../support/child.js';
import { startCommand } from '../../support/command.js';
import { readPair } from '../../support/document-pair.js';
import { allDocuments } from '../../support/documents.js';
import { codeOf } from '../../support/markdown-file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const pair = readPair('docs/cli.md');

describe('the command line', () => {
  test('is called in a clone as the examples say', async () => {
    const [checks = [], ...others] = [pair.en, pair.zh].map(({ prose }) =>
      codeOf(prose).filter((code) => code.startsWith('npm run callback -- check')),
    );
    expect(checks).toHaveLength(1);
    expect(others).toEqual([checks]);
    for (const command of checks) {
      const options = { cwd: '.', env: { LC_ALL: 'C.UTF-8' } };
      const { printed, code } = await startChild('sh', ['-c', command], options).ended;
      expect(printed).toContain('can be used');
      expect(code).toBe(0);
    }
  });

  test('knows every command and option that a document names', async () => {
    const documents = allDocuments().flatMap(({ en, zh }) => [en, zh]);
    const asked = documents.flatMap(({ prose }) =>
      codeOf(prose).flatMap((code) => {
        const [, command = '', rest = ''] = /^npx wechaty-callback ([\w-]+)(.*)$/u.exec(code) ?? [];
        return command === '' ? [] : [{ command, options: rest.match(/--\w+/gu) ?? [] }];
      }),
    );
    const commands = [...new Set(asked.map(({ command }) => command))];
    expect(commands.toSorted()).toEqual([
      'check',
      'console-password',
      'doctor',
      'explain',
      'export',
      'init',
      'replay',
      'serve-puppet',
      'start',
      'stats',
      'task',
      'tasks',
    ]);
    const cwd = temporaryFolder().path;
    const help = async (...command: readonly string[]) =>
      (await startCommand([...command, '--help'], { cwd }).ended).printed;
    const [whole, ...each] = await Promise.all([
      help(),
      ...commands.map((command) => help(command)),
    ]);
    for (const option of ['--json', '--lang', '--help']) expect(whole).toContain(option);
    for (const [index, command] of commands.entries()) {
      expect(whole).toMatch(new RegExp(`^ {2}${command} `, 'mu'));
      const options = asked.filter((one) => one.command === command).flatMap((one) => one.options);
      for (const option of options) expect(each[index]).toContain(`${option} `);
    }
  });
});
