import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { compiled } from '../../support/compiled.js';

const size = 4_000_000;

/** A process that ends with more to print than a pipe holds. */
function ending(how: string): ChildProcess {
  const script = `
    import { endProcess } from ${JSON.stringify(compiled('src/cli/end-process.ts'))};
    process.stdout.write('x'.repeat(${size}));
    // Longer than a process that ran on would wait.
    setTimeout(() => process.stderr.write('still here'), 1200);
    endProcess(3, ${how});
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('a process that ran on ends although its parent never reads what it printed', async () => {
  const child = ending('{ ranOn: true }');
  expect(await once(child, 'exit')).toEqual([3, null]);
});

test('an output that was asked for waits for a reader who is slow', async () => {
  const child = ending('{}');
  await once(child.stderr ?? child, 'data');
  let read = 0;
  child.stdout?.on('data', (bytes: Buffer) => {
    read += bytes.length;
  });
  expect(await once(child, 'close')).toEqual([3, null]);
  expect(read).toBe(size);
});
