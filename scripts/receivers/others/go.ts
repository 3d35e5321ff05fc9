import { join } from 'node:path';
import { run } from '../child.js';
import { needs } from '../frameworks.js';
import { copyApp, endsCleanly, type Other } from './other.js';

/** The module of a folder of `apps`. */
function framework(name: string): Other {
  return {
    name,
    documented: { 'broken off': endsCleanly },
    missing: needs('go', 'version'),
    install: async (folder) => {
      copyApp(name, folder);
      await run({ command: 'go', args: ['build', '-o', 'receiver', '.'], cwd: folder });
      const direct = [
        'list',
        '-m',
        '-f',
        '{{if not (or .Main .Indirect)}}{{.String}}{{end}}',
        'all',
      ];
      const modules = await run({ command: 'go', args: direct, cwd: folder });
      const found = modules.match(/\S+\/\S+ v\S+/gu) ?? [];
      const version = await run({ command: 'go', args: ['env', 'GOVERSION'], cwd: folder });
      const versions = [version.trim().replace('go', 'Go '), ...found].join(', ');
      return { program: { command: join(folder, 'receiver'), args: [], cwd: folder }, versions };
    },
  };
}

/** Frameworks in Go. */
export const go: readonly Other[] = [framework('echo'), framework('gin')];
