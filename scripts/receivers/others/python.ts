import { join } from 'node:path';
import { run } from '../child.js';
import { needs } from '../frameworks.js';
import { copyApp, type Documented, type Other } from './other.js';

/** The program of a folder of `apps`: an `app.py` and its `requirements.txt`, in an environment of its own. */
function framework(name: string, app: string, documented: Documented = {}): Other {
  return {
    name,
    documented,
    missing: needs('python3', '-m', 'venv', '--help'),
    install: async (folder) => {
      copyApp(app, folder);
      await run({ command: 'python3', args: ['-m', 'venv', 'venv'], cwd: folder });
      const python = join(folder, 'venv/bin/python');
      const pip = ['-m', 'pip'];
      const args = [...pip, 'install', '-q', '-r', 'requirements.txt'];
      await run({ command: python, args, cwd: folder });
      // Only what the program asks for, and not what that asks for itself.
      const listing = [...pip, 'list', '--not-required', '--format=freeze'];
      const listed = await run({ command: python, args: listing, cwd: folder });
      const found = listed
        .split('\n')
        .filter((line) => line && !/^(?:pip|setuptools)=/u.test(line));
      const version = await run({ command: python, args: ['--version'], cwd: folder });
      const versions = [version.trim(), ...found.map((line) => line.replace('==', ' '))].join(', ');
      return { program: { command: python, args: ['app.py'], cwd: folder }, versions };
    },
  };
}

/** Frameworks in Python. */
export const python: readonly Other[] = [framework('Flask', 'flask')];
