import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { runProgram } from '../../../src/cli/program/run-program.js';
import { captureIo } from '../../support/captured-io.js';

interface Checked {
  readonly errors: readonly unknown[];
  readonly warnings: readonly { readonly key: string }[];
}

const folder = resolve('test/fixtures/configs');
const versions = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

function envOf(version: string): Record<string, string> {
  return JSON.parse(readFileSync(join(folder, version, 'env.json'), 'utf8')) as never;
}

const files = versions.flatMap((version) =>
  readdirSync(join(folder, version)).flatMap((name) =>
    name.endsWith('.yaml') ? [[version, name] as const] : [],
  ),
);

describe('a configuration that a document showed', () => {
  test.each(files)('in %s, %s, holds without a warning', async (version, name) => {
    const io = captureIo(join(folder, version), { env: envOf(version) });
    const exitCode = await runProgram(['check', name, '--json'], io);
    const { errors, warnings } = JSON.parse(io.out()) as Checked;
    // Metrics on the port that the network reaches: works as ever, and says what is better.
    const isShared = name === 'examples-cluster.yaml';
    expect({ exitCode, errors, warned: warnings.map(({ key }) => key) }).toEqual({
      exitCode: 0,
      errors: [],
      warned: isShared ? ['server.host'] : [],
    });
  });

  test('is kept of the present version', () => {
    const command = `npx tsx test/support/write-configs.ts ${manifest.version}`;
    expect(versions, `Keep those of this version: ${command}`).toContain(manifest.version);
  });
});
