/** A receiver that holds every call until it is told to answer, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const script = `
  const answer = JSON.stringify({ success: true, message: 'ok' });
  const headers = { 'content-type': 'application/json', 'content-length': answer.length };
  let held = [];
  require('node:http').createServer((request, response) => {
    if (request.method === 'GET') {
      const count = String(held.length);
      if (request.url === '/release') {
        for (const one of held) one.writeHead(200, headers).end(answer);
        held = [];
      }
      response.end(count);
    } else {
      request.resume().on('end', () => held.push(response));
    }
  }).listen({ port: 0, host: '127.0.0.1', backlog: 20000 }, function () {
    console.log(this.address().port);
  });
`;

/** A receiver in a process of its own. */
export interface HoldingReceiver {
  readonly url: string;
  /** How many calls it holds. */
  held(): Promise<number>;
  /** Answers all of them. */
  release(): Promise<void>;
  stop(): void;
}

/** Starts the receiver. */
export async function startHoldingReceiver(): Promise<HoldingReceiver> {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill());
  const [port] = await once(child.stdout, 'data');
  const url = `http://127.0.0.1:${String(port).trim()}/`;
  const ask = async (path: string) => {
    const answer = await fetch(url + path);
    return Number(await answer.text());
  };
  return {
    url,
    held: () => ask('held'),
    release: async () => {
      await ask('release');
    },
    stop: () => child.kill(),
  };
}
