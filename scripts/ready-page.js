/**
 * Builds the console's page where it is missing or older than what it is made of. `npm start` runs
 * this first. Whatever comes of it the bot starts: without a page the console says how to build it.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const built = 'dist/console/web/index.html';
const sources = [
  'src/console/web',
  'src/console/api/contract',
  'vite.config.ts',
  'package-lock.json',
];

const { LC_ALL, LC_MESSAGES, LANG } = process.env;
const chinese = /^zh/iu.test(LC_ALL || LC_MESSAGES || LANG || '');
// `npm --silent start`
const isSilent = process.env['npm_config_loglevel'] === 'silent';

/** @param {{ en: string, zh: string }} text */
function say({ en, zh }) {
  if (!isSilent) process.stderr.write(`${chinese ? zh : en}\n`);
}

/**
 * When the newest of the files below a path was changed, in ms since 1970.
 *
 * @param {string} path
 * @returns {number}
 */
function changedAt(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

function isStale() {
  const newest = Math.max(...sources.map((source) => changedAt(join(project, source))));
  return changedAt(join(project, built)) < newest;
}

function build() {
  const vite = join(
    dirname(createRequire(import.meta.url).resolve('vite/package.json')),
    'bin/vite.js',
  );
  // Its input is the bot's; what it says must not stand among what the bot says.
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: project,
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

if (isStale()) {
  say({
    en: 'Building the page of the console, once; this takes some seconds …',
    zh: '正在构建控制台页面（仅需一次，约几秒）……',
  });
  try {
    if (!build()) throw new Error('vite build has failed');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say({
      en: `The page could not be built (${reason}); the bot starts without it. Try: npm run build`,
      zh: `控制台页面构建失败（${reason}），机器人照常启动。可尝试：npm run build`,
    });
  }
}
