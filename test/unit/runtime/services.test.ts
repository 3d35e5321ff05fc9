import { describe, expect, onTestFinished, test } from 'vitest';
import { startRuntime } from '../../../src/runtime/runtime.js';
import { freePort } from '../../support/child.js';
import { notingPino, type PinoLine } from '../../support/noting-pino.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const good = { name: '订阅', callback: { url: 'http://127.0.0.1:4000/' } };
const broken = { ...good, keyword: ['订阅'] };

function configOf(rule: object, port: number, enabled = true): object {
  const journal = { store: 'memory' };
  return { rules: [rule], journal, server: { port }, metrics: { enabled } };
}

async function start(source: string | object): Promise<readonly PinoLine[]> {
  const { logger, lines } = notingPino();
  const runtime = startRuntime(source, { logger });
  onTestFinished(() => runtime.close(Date.now()));
  await runtime.ready;
  return lines;
}

/** The answer at a path; `undefined` where nobody listens. */
async function ask(port: number, path = '/healthz') {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { connection: 'close' },
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

const statusAt = async (port: number) => (await ask(port))?.status;

describe('rules that cannot be used', () => {
  test('are told by health and metrics, until the file is mended', async () => {
    const port = await freePort();
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', JSON.stringify(configOf(broken, port)));
    await start(file);
    await expect.poll(() => statusAt(port)).toBe(503);
    expect(JSON.parse((await ask(port))?.text ?? '')).toEqual({
      status: 'failing',
      problems: ['rules-unusable'],
      rules: 0,
      bots: { expected: 0, online: 0 },
      unkept: 0,
    });
    expect((await ask(port, '/metrics'))?.text).toContain('\nwechaty_callback_rules 0\n');
    folder.write('.wechatyrc', JSON.stringify(configOf(good, port)));
    await expect.poll(() => statusAt(port), { timeout: 90_000 }).toBe(200);
    // The text of before is shared for a second.
    const metrics = async () => (await ask(port, '/metrics'))?.text;
    await expect.poll(metrics, { timeout: 90_000 }).toContain('\nwechaty_callback_rules 1\n');
  });

  test('let the server move to where the mended file wants it', async () => {
    const [first, second] = [await freePort(), await freePort()];
    const folder = temporaryFolder();
    const file = folder.write('.wechatyrc', JSON.stringify(configOf(broken, first)));
    await start(file);
    await expect.poll(() => statusAt(first)).toBe(503);
    folder.write('.wechatyrc', JSON.stringify(configOf(good, second)));
    await expect.poll(() => statusAt(second), { timeout: 90_000 }).toBe(200);
    expect(await statusAt(first)).toBeUndefined();
  });

  test('keep the console closed, which says so, until the file is mended', async () => {
    const port = await freePort();
    const folder = temporaryFolder();
    const config = (rule: object) => ({
      ...configOf(rule, port, false),
      console: { enabled: true },
    });
    const file = folder.write('.wechatyrc', JSON.stringify(config(broken)));
    const lines = await start(file);
    const page = async () => await ask(port, '/console/');
    await expect.poll(async () => (await page())?.status).toBe(503);
    expect((await page())?.text).toContain('规则无法使用');
    // Nobody is logged in yet.
    expect((await page())?.text).not.toMatch(/订阅|keyword|4000/u);
    const answer = await ask(port, '/console/api/session');
    expect(answer).toMatchObject({ status: 503 });
    expect(JSON.parse(answer?.text ?? '')).toMatchObject({ error: { code: 'unavailable' } });
    const said = () => lines.filter(({ msg }) => msg.includes(`:${port}/console/`));
    expect(said().map(({ level, msg }) => [level, msg.split(/[:：]/u, 1)[0]])).toEqual([
      [40, expect.stringMatching(/The console opens once the rules can be used|规则可用后/u)],
    ]);
    folder.write('.wechatyrc', JSON.stringify(config(broken)).replace('订阅', '天气'));
    folder.write('.wechatyrc', JSON.stringify(config(good)));
    await expect.poll(async () => (await page())?.status, { timeout: 90_000 }).toBe(200);
    expect((await ask(port, '/console/api/session'))?.status).toBe(401);
    expect(said()).toHaveLength(2);
  });

  test('keep no console that the mended file does not want', async () => {
    const port = await freePort();
    const folder = temporaryFolder();
    const first = { ...configOf(broken, port), console: { enabled: true } };
    const file = folder.write('.wechatyrc', JSON.stringify(first));
    await start(file);
    await expect.poll(async () => (await ask(port, '/console/'))?.status).toBe(503);
    folder.write('.wechatyrc', JSON.stringify(configOf(good, port)));
    await expect.poll(() => statusAt(port), { timeout: 90_000 }).toBe(200);
    await expect.poll(async () => (await ask(port, '/console/'))?.status).toBe(404);
  });

  test('that are handed over as an object are told too', async () => {
    const port = await freePort();
    await start(configOf(broken, port));
    await expect.poll(() => statusAt(port)).toBe(503);
  });

  test('open no server that is not wanted', async () => {
    const port = await freePort();
    const lines = await start(configOf(broken, port, false));
    expect(await statusAt(port)).toBeUndefined();
    expect(lines.filter(({ level }) => level === 40)).toEqual([]);
  });

  test.each([
    ['is no YAML', (port: number) => `rules: [\nserver: { port: ${port} }`],
    ['has an address that is none', () => 'rules: []\nserver: { port: -1 }\n'],
  ])('in a file that %s leave no server, which is said once', async (_what, text) => {
    const port = await freePort();
    const folder = temporaryFolder();
    const lines = await start(folder.write('.wechatyrc', text(port)));
    const said = () => lines.filter(({ msg }) => /\/healthz/u.test(msg));
    await expect.poll(said).toHaveLength(1);
    folder.write('.wechatyrc', `${text(port)} # still`);
    await expect.poll(() => lines.filter(({ level }) => level === 50).length).toBe(2);
    folder.write('.wechatyrc', JSON.stringify(configOf(broken, port)));
    await expect.poll(() => statusAt(port), { timeout: 90_000 }).toBe(503);
    expect(said().map(({ level }) => level)).toEqual([40, 30]);
  });
});
