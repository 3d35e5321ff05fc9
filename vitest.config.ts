import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { defineConfig, type Plugin, type TestProjectInlineConfiguration } from 'vitest/config';
import { buildFolder } from './test/support/compiled.js';
import { ProjectSequencer } from './test/support/project-sequencer.js';

type ProjectConfig = NonNullable<TestProjectInlineConfiguration['test']>;

/**
 * Lets tests import what was compiled before them in place of `src/**\/*.ts`: nothing of the product
 * is transformed anew for every test file, and its threads start without a loader.
 */
function compiledSources(): Plugin {
  const src = resolve('src');
  return {
    name: 'compiled-sources',
    enforce: 'pre',
    resolveId: (id, importer) => {
      if (!id.startsWith('.') || !id.endsWith('.js') || importer === undefined) return undefined;
      const path = resolve(dirname(importer), id);
      const within = relative(src, path);
      if (within.startsWith('..')) return undefined;
      const built = join(buildFolder, 'src', within);
      return existsSync(built) ? built : undefined;
    },
  };
}

const project = (name: string, more: ProjectConfig = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...more },
});

export default defineConfig({
  plugins: [compiledSources()],
  test: {
    server: { deps: { external: [/\/\.test-build\//u] } },
    projects: [
      project('unit', {
        isolate: false,
        typecheck: {
          enabled: true,
          include: ['test/types/**/*.test-d.ts'],
          checker: 'tsc',
          tsconfig: 'test/types/tsconfig.json',
        },
      }),
      project('contract', {
        isolate: false,
        include: ['test/{contract,recordings}/**/*.test.ts'],
      }),
      project('e2e', { isolate: false, globalSetup: ['test/support/browser/setup.ts'] }),
    ],
    sequence: { sequencer: ProjectSequencer },
    // Most of the long tests wait for something: two more than there are cores keep them busy.
    maxWorkers: availableParallelism() + 2,
    globalSetup: [
      'test/support/compiled.ts',
      'test/support/postgres/setup.ts',
      'test/support/ready-page.ts',
    ],
    setupFiles: ['test/support/fail-on-warning.ts'],
    // Only what hangs is to end: a machine that does other things as well is slow, not wrong.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The machine may be busy: what is waited for comes later then, and only what never comes is wrong.
    expect: { poll: { timeout: 90_000 } },
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
  },
});
