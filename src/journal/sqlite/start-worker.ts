import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ThreadOptions } from './calls.js';

/** Starts the thread that owns the file. */
export type StartWorker = (workerData: ThreadOptions) => Worker;

/** Starts it from the compiled package or from its sources. */
export function startWorker(workerData: ThreadOptions): Worker {
  // The bundle has it at the same place beside the chunk with this code, see rolldown.config.ts.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = new URL(`./worker/thread-entry.${extension}`, import.meta.url);
  // Not the program's own flags: `--input-type`, loaders and the like are not meant for this thread.
  const options = { workerData, execArgv: [] };
  if (extension === 'js') return new Worker(entry, options);
  // A thread does not inherit the loader that lets the main thread run sources; it is found from
  // here, because code that is evaluated looks for packages from the working directory.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'));
  const loader = new URL('dist/esm/api/index.mjs', tsx);
  const code = `
    import(${JSON.stringify(loader.href)}).then(({ register }) => {
      register();
      return import(${JSON.stringify(entry.href)});
    });
  `;
  return new Worker(code, { ...options, eval: true });
}
