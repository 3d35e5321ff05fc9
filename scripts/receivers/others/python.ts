import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../child.js';
import { needs } from '../frameworks.js';
import { copyApp, type Documented, endsCleanly, type Other } from './other.js';

/** Installs a folder of `apps`, an `app.py` and its `requirements.txt`, in an environment of its own. */
async function install(app: string, folder: string) {
  copyApp(app, folder);
  await run({ command: 'python3', args: ['-m', 'venv', 'venv'], cwd: folder });
  const python = join(folder, 'venv/bin/python');
  const pip = async (...args: readonly string[]) =>
    await run({ command: python, args: ['-m', 'pip', ...args], cwd: folder });
  await pip('install', '-q', '-r', 'requirements.txt');
  const wanted: readonly string[] =
    readFileSync(join(folder, 'requirements.txt'), 'utf8').match(/^[\w-]+/gmu) ?? [];
  const found = (await pip('freeze'))
    .split('\n')
    .filter((line) => wanted.includes(line.split('==')[0] ?? ''));
  const version = await run({ command: 'python3', args: ['--version'], cwd: folder });
  const versions = [version.trim(), ...found.map((line) => line.replace('==', ' '))].join(', ');
  return { program: { command: python, args: ['app.py'], cwd: folder }, versions };
}

const missing = needs('python3', '-m', 'venv', '--help');

/** The program of a folder of `apps`: an `app.py` and its `requirements.txt`. */
function framework(name: string, app: string, documented: Documented = {}): Other {
  return {
    name,
    documented: { 'wrong signature': 'garbage: 500', ...documented },
    missing,
    install: async (folder) => await install(app, folder),
  };
}

/** The proxy of LiteLLM, to stand between the bridge and a model. */
export const liteLlm: Other = {
  name: 'LiteLLM',
  // It asks again by itself after a 429.
  documented: { 'model fails': 'answered 424' },
  missing,
  install: async (folder) => await install('litellm', folder),
};

/** Frameworks in Python. */
export const python: readonly Other[] = [
  framework('sse-starlette', 'sse-starlette'),
  framework('FastAPI EventSourceResponse', 'fastapi', {
    'broken off': endsCleanly,
  }),
  framework('Django WSGI', 'django'),
  framework('Django ASGI', 'django-asgi'),
  framework('Flask', 'flask'),
  framework('aiohttp', 'aiohttp'),
];
