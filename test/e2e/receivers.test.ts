import { describe, expect, test } from 'vitest';
import { bridgeColumns, tryBridge } from '../../scripts/receivers/bridge.js';
import { columns, tryReceiver } from '../../scripts/receivers/trials.js';
import { findPython } from '../support/python.js';

const python = findPython();

/** An example in Node, which needs no package that this project does not have. */
const example = (name: string) => ({
  command: process.execPath,
  args: [`examples/receivers/${name}`],
  cwd: '.',
});

const allWell = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '']));

describe.concurrent('a receiver to start from', () => {
  test('with Express does all that is tried of it', async () => {
    expect(await tryReceiver(example('express.mjs'))).toEqual(allWell(columns));
  });

  test.runIf(python !== undefined)('with FastAPI does all that is tried of it', async () => {
    const args = ['examples/receivers/fastapi_app.py'];
    const program = { command: python ?? '', args, cwd: '.' };
    expect(await tryReceiver(program)).toEqual(allWell(columns));
  });

  test.each(['/v1/chat/completions', '/v1/chat-messages'])(
    'passes the stream of a model at %s on',
    async (path) => {
      const seen = await tryBridge(example('model-bridge.mjs'), path);
      expect(seen).toEqual(allWell(bridgeColumns));
    },
  );
});
