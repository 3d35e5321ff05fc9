import { describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program/run-program.js';
import { sign } from '../../../src/protocol/signature.js';
import { captureIo } from '../../support/captured-io.js';
import { freePort } from '../../support/child.js';
import { blockOf, readMarkdown } from '../../support/markdown-file.js';
import { listens, postJson } from '../../support/posting.js';
import { snippetFolder } from '../../support/snippet-folder.js';

const document = readMarkdown('docs/receiver.md');
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** The snippet in a folder, as it is but for its port. */
async function writtenSnippet() {
  const folder = snippetFolder('receiver');
  const port = await freePort();
  folder.write('verifier.ts', blockOf(document, 'ts').replaceAll('4001', String(port)));
  return { folder, port };
}

async function startedVerifier(): Promise<string> {
  const { folder, port } = await writtenSnippet();
  folder.start('verifier.ts', { env: { CALLBACK_SECRET: secret } });
  await listens(port);
  return `http://127.0.0.1:${port}/`;
}

describe('the snippet, run as it is written', () => {
  test('has no fault that the compiler finds', async () => {
    const { folder } = await writtenSnippet();
    expect(await folder.faults()).toBe('');
  });

  test('passes the doctor', async () => {
    const url = await startedVerifier();
    const io = captureIo('/');
    await runProgram(['doctor', url, '--secret', secret], io);
    expect(io.out()).toContain('The receiver can be used.');
  });

  test('takes a task with a good signature, and no other', async () => {
    const url = await startedVerifier();
    const body = blockOf(document, 'json', 0);
    const now = Date.now();
    const signed = {
      'webhook-id': 'task-1',
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'webhook-signature': sign([secret], 'task-1', now, body),
    };
    const good = await postJson(url, body, signed);
    expect({ status: good.status, answer: await good.json() }).toEqual({
      status: 200,
      answer: { success: true, message: 'You said: 订阅 周报' },
    });
    expect((await postJson(url, body)).status).toBe(401);
    expect((await postJson(url, body.replace('周报', '月报'), signed)).status).toBe(401);
  });
});
