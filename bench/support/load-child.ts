/** Sends prepared HTTP requests over kept connections, as a process of its own; see `load.ts`. */
import { connect, type Socket } from 'node:net';
import type { Load, LoadFigures } from './load.js';

/** The length of the first whole response in `data`; 0 while it is not whole. */
function responseLength(data: Buffer): number {
  const end = data.indexOf('\r\n\r\n');
  if (end < 0) return 0;
  const head = data.toString('latin1', 0, end).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/u.exec(head);
  if (length) {
    const total = end + 4 + Number(length[1]);
    return data.length >= total ? total : 0;
  }
  if (!head.includes('\r\ntransfer-encoding: chunked')) return end + 4;
  const last = data.indexOf('0\r\n\r\n', end + 2);
  return last < 0 ? 0 : last + 5;
}

function run({ port, connections, requests }: Load): Promise<LoadFigures> {
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  let open = connections;
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const converse = (socket: Socket) => {
      let sentAt = 0;
      let received: Buffer = Buffer.alloc(0);
      const send = () => {
        const request = requests[next];
        next += 1;
        if (request === undefined) {
          socket.end();
          open -= 1;
          const seconds = (performance.now() - start) / 1000;
          if (open === 0) resolve({ times, statuses, perSecond: times.length / seconds });
          return;
        }
        sentAt = performance.now();
        socket.write(request);
      };
      socket.on('data', (chunk: Buffer) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        if (responseLength(received) === 0) return;
        const status = received.toString('latin1', 9, 12);
        statuses[status] = (statuses[status] ?? 0) + 1;
        times.push(performance.now() - sentAt);
        received = Buffer.alloc(0);
        send();
      });
      socket.on('error', reject);
      send();
    };
    for (let index = 0; index < connections; index += 1) {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => converse(socket));
    }
  });
}

process.on('message', (load: Load) => {
  void run(load).then((figures) => process.send?.(figures));
});
