/**
 * An OpenIM server and a receiver in one, in a process of its own: it knows every user, and its answer
 * to a task says nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const script = `
  const { createServer } = require('node:http');
  const data = (url, body) => ({
    token: 'token', expireTimeSeconds: 7776000,
    usersInfo: (body.userIDs ?? []).map((id) => ({
      userID: id, nickname: '用户 ' + id, faceURL: 'http://im.example.com/' + id + '.png', ex: '', appMangerLevel: 1,
    })),
    friendsInfo: [],
  });
  createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      const isTask = request.url === '/task';
      const body = isTask ? undefined : JSON.parse(Buffer.concat(chunks).toString());
      const answer = JSON.stringify(
        isTask ? { success: true, message: '' } : { errCode: 0, data: data(request.url, body) },
      );
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

/** The server and the receiver. */
export interface OpenIMPlatform {
  /** Of the REST API; the receiver is at `/task` behind it. */
  readonly origin: string;
  stop(): void;
}

/** Starts both. */
export async function startOpenIMPlatform(): Promise<OpenIMPlatform> {
  const child: ChildProcess = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill());
  if (child.stdout === null) throw new Error('no output of the platform');
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { origin: `http://127.0.0.1:${String(port).trim()}`, stop: () => child.kill() };
}
