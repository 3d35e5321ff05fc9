import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownCommandIn } from '../../../src/core/own-command.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const clone = 'npm run callback --';
const installed = 'npx wechaty-callback';

/** A checkout of the project, with a project beside it that has installed the package. */
function folders() {
  const folder = temporaryFolder();
  folder.write('clone/src/cli/main.ts', '');
  folder.write('bot/node_modules/wechaty-callback/dist/cli/main.js', '');
  return (below: string) => join(folder.path, below);
}

test.each([
  ['in a clone', 'clone', 'clone', clone],
  ['below it', 'clone/examples', 'clone', clone],
  ['beside a clone', 'clone2', 'clone', installed],
  ['above a clone', '.', 'clone', installed],
  ['where it is installed', 'bot', 'bot/node_modules/wechaty-callback', installed],
  [
    'in the installed package',
    'bot/node_modules/wechaty-callback',
    'bot/node_modules/wechaty-callback',
    installed,
  ],
])('%s', (_where, cwd, root, command) => {
  const at = folders();
  expect(ownCommandIn(at(cwd), at(root))).toBe(command);
});

test('no text names the command in a way of its own', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const own = files
    .filter((file) => /\.(?:tsx?|html)$/u.test(file) && !file.endsWith('own-command.ts'))
    .flatMap((file) =>
      readFileSync(join('src', file), 'utf8')
        .split('\n')
        .filter((line) =>
          /npx wechaty-callback|wechaty-callback (?:--|tasks?\b|init\b|check\b|explain\b)/u.test(
            line,
          ),
        ),
    );
  expect(own.filter((line) => !/^\s*(?:\/?\*|\/\/)/u.test(line))).toEqual([]);
});
