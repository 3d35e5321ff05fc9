/**
 * The receiver of a crash run, a process of its own that outlives the lives. It answers after a
 * random while, in several words, and turns some tasks away at first.
 * `node receiver.js <evidence> <seed>`; prints its port.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { openEvidence } from './evidence.js';
import { partsOf, refusalsOf, seededRandom } from './load.js';

const [file = '', seed = '0'] = process.argv.slice(2);
const note = openEvidence(file);
const random = seededRandom(Number(seed));
const refused = new Map<string, number>();
const longestDelayMs = 25;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const server = createServer((request, response) => {
  const answer = async () => {
    const { question: id } = JSON.parse(await bodyOf(request)) as { question: string };
    const life = Number(request.headers['x-life']);
    note({ life, what: 'called', id });
    await pause(random() * longestDelayMs);
    const refusals = refused.get(id) ?? 0;
    if (refusals < refusalsOf(id)) {
      refused.set(id, refusals + 1);
      note({ life, what: 'refused', id });
      response.writeHead(503).end();
      return;
    }
    const replies = Array.from({ length: partsOf(id) }, (_, part) => ({
      type: 'text',
      text: `${id}/${part}`,
    }));
    note({ life, what: 'served', id });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ success: true, message: '', replies }));
  };
  // A request that breaks off with its sender is nobody's loss.
  answer().catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
