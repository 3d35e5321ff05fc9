import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Child, freePort, startChild } from '../support/child.js';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const shownAddress = /(http:\/\/127\.0\.0\.1:\d+)\/console\//u;

/** `npm start` with a terminal that stays open, as far as it is one. */
async function npmStart(env: Readonly<Record<string, string>> = {}): Promise<Child> {
  const port = String(await freePort());
  const locale = { LANG: 'en_US.UTF-8', LC_ALL: '', NO_UPDATE_NOTIFIER: '1' };
  const child = startChild('npm', ['start'], {
    cwd,
    env: { ...locale, PORT: port, ...env },
    staysOpen: true,
  });
  return child;
}

/** Where its console is. */
async function consoleOf(child: Child): Promise<string> {
  await child.prints('Console: http');
  return shownAddress.exec(child.printed())?.[1] ?? '';
}

describe('npm start', () => {
  test('has the console on, with its page, and names the address', async () => {
    const child = await npmStart({ CONSOLE_PORT: String(await freePort()) });
    const origin = await consoleOf(child);
    const page = await fetch(`${origin}/console/`);
    expect(page.status).toBe(200);
    const html = await page.text();
    const script = /src="(\/console\/assets\/[^"]+\.js)"/u.exec(html)?.[1] ?? '';
    expect((await fetch(origin + script)).status).toBe(200);
    const command = 'npm run callback -- console-password --config examples/.wechatyrc.yaml';
    expect(html).toContain(`<meta name="password-command" content="${command}" />`);
    expect((await fetch(`${origin}/console/api/session`)).status).toBe(401);
    child.type('/quit\n');
    expect((await child.ended).code).toBe(0);
  });

  test('takes the next port where the usual one is in use, and says so', async () => {
    const held = await holdPort(8788);
    onTestFinished(() => void held?.close());
    const child = await npmStart();
    const origin = await consoleOf(child);
    expect(child.printed()).toMatch(/Port 8788 is in use: the console is on \d+\./u);
    expect(new URL(origin).port).not.toBe('8788');
    child.type('/quit\n');
    expect((await child.ended).code).toBe(0);
  });
});

/** Nothing when somebody else listens there: that serves as well. */
async function holdPort(port: number): Promise<Server | undefined> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}
