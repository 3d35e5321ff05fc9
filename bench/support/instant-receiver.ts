/** A receiver that answers at once, in a process of its own so that it does not share a core. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const script = `
  const answer = JSON.stringify({ success: true, message: 'ok' });
  const headers = { 'content-type': 'application/json', 'content-length': answer.length };
  require('node:http').createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, headers).end(answer));
  }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

/** A receiver in a process of its own. */
export interface InstantReceiver {
  readonly url: string;
  stop(): void;
}

/** Starts the receiver. */
export async function startInstantReceiver(): Promise<InstantReceiver> {
  const child: ChildProcess = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill());
  if (child.stdout === null) throw new Error('no output of the receiver');
  const [port] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${String(port).trim()}/`, stop: () => child.kill() };
}
