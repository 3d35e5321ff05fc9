import { defineConfig } from 'rolldown';

/** Where its files go. */
export const output = {
  dir: 'dist',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name].js',
};

/**
 * The program, as the package holds it: its modules in a few files, since a thousand small ones take
 * longer to install and to load. Packages stay imports, so that npm sees to their versions; nothing
 * is minified, so that stack traces can be read.
 */
export default defineConfig({
  input: {
    index: 'src/index.ts',
    'protocol/index': 'src/protocol/index.ts',
    'cli/main': 'src/cli/main.ts',
    // `start-worker.ts`, which is in one of the chunks, starts `./worker/thread-entry.js`.
    'chunks/worker/thread-entry': 'src/journal/sqlite/worker/thread-entry.ts',
  },
  platform: 'node',
  external: (id, importer) => importer !== undefined && /^[^./]/u.test(id),
  transform: { target: 'node20' },
  output,
});
