import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Most of the long tests wait for something: one more than there are cores.
    maxWorkers: availableParallelism() + 1,
    globalSetup: ['test/support/postgres/setup.ts', 'test/support/ready-page.ts'],
    setupFiles: ['test/support/fail-on-warning.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    typecheck: { enabled: true, include: ['test/types/**/*.test-d.ts'], checker: 'tsc' },
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
  },
});
