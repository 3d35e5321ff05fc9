import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { ownCommandIn } from '../../../src/core/own-command.js';

const clone = 'npm run callback --';
const installed = 'npx wechaty-callback';

test.each([
  ['in a clone', '/home/a/clone', '/home/a/clone/src/core/own-command.ts', clone],
  ['below it', '/home/a/clone/examples', '/home/a/clone/src/core/own-command.ts', clone],
  ['in a clone that is built', '/home/a/clone', '/home/a/clone/dist/core/own-command.js', clone],
  ['beside a clone', '/home/a/clone2', '/home/a/clone/src/core/own-command.ts', installed],
  [
    'where it is installed',
    '/home/a/bot',
    '/home/a/bot/node_modules/wechaty-callback/dist/core/own-command.js',
    installed,
  ],
  ['in a bundle', '/home/a/bot', '/home/a/bot/dist/index.js', installed],
])('%s', (_where, cwd, module, command) => {
  expect(ownCommandIn(cwd, pathToFileURL(module).href)).toBe(command);
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
