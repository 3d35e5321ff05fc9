import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const variable = 'WECHATY_CALLBACK_TEST_PYTHON';
/** Where `npm run setup:python` puts it. */
const made = resolve('.test-python/bin/python');

const notRun = `The test of the receiver in Python did not run: make what it needs with \`npm run setup:python\`, or name a Python that has the packages of examples/receivers/requirements.txt in ${variable}=/path/to/python.`;

/**
 * The Python with the packages of the receivers; without one warns how to make it, and returns
 * `undefined`.
 *
 * @throws Error instead of warning when `CI` is `true`
 */
export function findPython(): string | undefined {
  const python = process.env[variable] ?? (existsSync(made) ? made : undefined);
  if (python !== undefined) return python;
  if (process.env['CI'] === 'true') throw new Error(notRun);
  console.warn(notRun);
  return undefined;
}
