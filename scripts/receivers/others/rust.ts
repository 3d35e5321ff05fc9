import { join } from 'node:path';
import { run } from '../child.js';
import { needs } from '../frameworks.js';
import { copyApp, type Other } from './other.js';

/** What `cargo tree` names that is of interest. */
const shown = /^(?:axum|standardwebhooks|tokio) v\S+/gmu;

/** The package of a folder of `apps`, called `receiver`. */
function framework(name: string): Other {
  return {
    name,
    missing: needs('cargo', '--version'),
    install: async (folder) => {
      copyApp(name, folder);
      const target = join(folder, 'target');
      const args = ['build', '--quiet', '--locked', '--target-dir', target];
      await run({ command: 'cargo', args, cwd: folder });
      const listing = ['tree', '--depth', '1', '--prefix', 'none', '--locked'];
      const found =
        (await run({ command: 'cargo', args: listing, cwd: folder })).match(shown) ?? [];
      const rust = await run({ command: 'rustc', args: ['--version'], cwd: folder });
      const versions = [`Rust ${rust.split(' ')[1] ?? ''}`, ...found].join(', ');
      const program = { command: join(target, 'debug/receiver'), args: [], cwd: folder };
      return { program, versions };
    },
  };
}

/** Frameworks in Rust. */
export const rust: readonly Other[] = [framework('axum')];
