import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runProgram } from '../../../../src/cli/program/run-program.js';
import { verifyTask } from '../../../../src/protocol/index.js';
import { captureIo } from '../../../support/captured-io.js';
import { freePort } from '../../../support/child.js';
import {
  type Behaviour,
  body,
  json,
  type Receiver,
  startReceiver,
  status,
} from '../../../support/receiver.js';

const secret = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;
const ok = json({ success: true, message: 'ok' });
let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver(ok);
});

afterEach(async () => {
  await receiver.close();
});

async function doctor(...args: string[]) {
  const io = captureIo('/');
  const code = await runProgram(['doctor', `${receiver.origin}/hook?token=geheim`, ...args], io);
  return { code, out: io.out(), err: io.err() };
}

async function results(...args: string[]) {
  const { code, out } = await doctor('--json', ...args);
  const { checks } = JSON.parse(out) as {
    checks: { check: string; result: string; reason?: string; advice?: string }[];
  };
  return { code, checks, by: (name: string) => checks.find((each) => each.check === name) };
}

/** A receiver as it should be: checks key and signature. */
const careful: Behaviour = (response, call) => {
  if (call.headers.authorization !== 'Bearer key-1') return status(401)(response, call);
  try {
    verifyTask(call.headers, call.body, secret);
  } catch {
    return status(401)(response, call);
  }
  return ok(response, call);
};

describe('doctor', () => {
  test('finds nothing wrong with a good receiver', async () => {
    const { code, out } = await doctor();
    expect(code).toBe(0);
    expect(out).toContain('pass  an ordinary message  (200, ');
    expect(out).toContain('The receiver can be used.');
    expect(out).not.toContain('FAIL');
  });

  test('shows nothing of the query', async () => {
    const { out } = await doctor();
    expect(out).not.toContain('geheim');
    expect(receiver.calls[0]?.path).toBe('/hook?token=geheim');
  });

  test('finds nothing wrong with one that checks key and signature', async () => {
    receiver.behave(careful);
    const { code, checks } = await results('--secret', secret, '--api-key', 'key-1');
    expect(checks.map(({ check, result }) => `${check} ${result}`)).toEqual([
      'valid pass',
      'unsigned pass',
      'forged pass',
      'keyless pass',
      'duplicate pass',
      'slow pass',
      'oversized pass',
      'emoji pass',
      'unknown-type pass',
      'no-message pass',
    ]);
    expect(code).toBe(0);
  });

  test('finds one that checks neither', async () => {
    const { code, checks } = await results('--secret', secret, '--api-key', 'key-1');
    const failed = checks.filter(({ result }) => result === 'fail').map(({ check }) => check);
    expect(failed).toEqual(['unsigned', 'forged', 'keyless']);
    expect(code).toBe(1);
  });

  test('sends the same id twice, half an emoji, a large text, and no message', async () => {
    await doctor();
    const ids = receiver.calls.map((call) => call.headers['webhook-id']);
    expect(ids.filter((id) => id?.toString().includes('duplicate'))).toHaveLength(2);
    expect(new Set(ids).size).toBe(ids.length - 1);
    const bodies = receiver.calls.map((call) => JSON.parse(call.body) as Record<string, unknown>);
    expect(bodies.map((each) => each['question'])).toContainEqual(
      expect.stringMatching(/👧 \ud83d$/u),
    );
    expect(Math.max(...receiver.calls.map((call) => call.body.length))).toBeGreaterThan(100_000);
    expect(bodies.filter((each) => !('payload' in each))).toHaveLength(1);
    expect(new Set(bodies.map((each) => each['userId']))).toEqual(
      new Set(['wechaty-callback-doctor']),
    );
  });

  test.each<[string, Behaviour, string, string]>([
    ['a CSRF filter', status(403), 'http-403', 'CSRF'],
    ['a redirect', status(302, { location: '/login' }), 'http-302', 'Redirects are not followed'],
    ['a wrong path', status(404), 'http-404', 'nothing for POST'],
    ['a path without POST', status(405), 'http-405', 'not for POST'],
    ['a receiver that wants a form', status(415), 'http-415', 'application/json'],
    ['strict validation', status(422), 'http-422', 'unknown fields'],
    ['a page', body('text/html', '<p>log in</p>'), 'body-invalid: content-type text/html', 'HTML'],
    ['no JSON', body('application/json', 'ok'), 'body-invalid: no JSON', 'JSON library'],
    ['another JSON', json({ ok: 1 }), 'body-invalid: response', '{"success":true'],
    ['a failure', status(500), 'http-500', 'its own log says why'],
  ])('knows %s by its answer', async (_what, behaviour, reason, cause) => {
    receiver.behave(behaviour);
    const { code, by } = await results();
    expect(code).toBe(1);
    expect(by('valid')?.reason).toContain(reason);
    expect(by('valid')?.advice).toContain(cause);
  });

  test.each<[string, Behaviour, boolean]>([
    ['401', status(401), true],
    ['404', status(404), true],
    ['405', status(405), true],
    ['413', status(413), true],
    ['415', status(415), true],
    ['a page', body('text/html', '<p>log in</p>'), true],
    ['500', status(500), false],
    ['what is right', ok, false],
  ])('of %s says where to read on when that is explained', async (_what, behaviour, isTold) => {
    receiver.behave(behaviour);
    const { out } = await doctor();
    expect(out.match(/docs\/receivers\.md/gu) ?? []).toHaveLength(isTold ? 1 : 0);
    expect(out.includes('examples/receivers')).toBe(isTold);
  });

  test('says it in Chinese, as JSON, and of a signature that nobody checks', async () => {
    const io = captureIo('/', { language: 'zh' });
    await runProgram(['doctor', receiver.origin, '--secret', secret, '--json'], io);
    const { reading } = JSON.parse(io.out()) as { reading?: string };
    expect(reading).toMatch(/docs\/receivers\.zh-CN\.md。可直接上手的接收端：/u);
  });

  test('notices a stream that arrives only at its end', async () => {
    receiver.behave(async (response) => {
      await pause(600);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('data: one\n\ndata: two\n\ndata: [DONE]\n\n');
    }, ok);
    const { code, by } = await results();
    expect(code).toBe(0);
    expect(by('valid')?.advice).toContain('only at its end');
  });

  test('says one cause once', async () => {
    receiver.behave(status(403));
    const { out } = await doctor();
    expect(out.match(/FAIL/gu)?.length).toBeGreaterThan(5);
    expect(out.match(/CSRF/gu)).toHaveLength(1);
  });

  test.each<[string, Behaviour]>([
    ['HTML', body('text/html', '<p>log in</p>')],
    ['500', status(500)],
    ['404', status(404)],
    ['401', status(401)],
  ])(
    'does not blame a caller that hangs up on one that always answers %s',
    async (_w, behaviour) => {
      receiver.behave(behaviour);
      const { by } = await results();
      expect(by('slow')?.result).toBe('fail');
      expect(by('slow')?.advice).toBe(by('valid')?.advice);
    },
  );

  test('finds one that is lost with a caller that hangs up', async () => {
    let isLost = false;
    receiver.behave(async (response, call) => {
      const id = String(call.headers['webhook-id']);
      if (isLost) return status(500)(response, call);
      if (!id.startsWith('doctor_slow_')) return ok(response, call);
      isLost = true;
      await pause(100);
      response.destroy();
    });
    expect((await results()).by('slow')?.advice).toContain('does not recover');
  });

  test('names the check that runs on a terminal, and takes the name back', async () => {
    const io = captureIo('/', { terminal: true });
    await runProgram(['doctor', receiver.origin], io);
    const running = '…     an ordinary message';
    expect(io.out()).toContain(`\n\n${running}\r\u001B[Kpass  an ordinary message`);
    const piped = (await doctor()).out;
    expect(piped).not.toContain('…');
    expect(piped).not.toContain('\u001B');
  });

  test('says what is found as it is found', async () => {
    const io = captureIo('/');
    const seen: string[] = [];
    receiver.behave((response, call) => {
      seen.push(io.out());
      return ok(response, call);
    });
    await runProgram(['doctor', receiver.origin], io);
    expect(seen[0]).toBe(`${receiver.origin}/\n\n`);
    expect(seen[1]).toContain('pass  an ordinary message');
  });

  test('finds the limit of a body parser', async () => {
    receiver.behave((response, call) =>
      (call.body.length > 100_000 ? status(413) : ok)(response, call),
    );
    const { checks, by } = await results();
    expect(checks.filter(({ result }) => result === 'fail')).toHaveLength(1);
    expect(by('oversized')?.advice).toContain('express.json');
  });

  test('finds one that answers a task only once', async () => {
    const seen = new Set<unknown>();
    receiver.behave((response, call) => {
      const id = call.headers['webhook-id'];
      const isNew = !seen.has(id);
      seen.add(id);
      return (isNew ? ok : status(409))(response, call);
    });
    expect((await results()).by('duplicate')).toMatchObject({
      result: 'fail',
      reason: 'http-409',
      advice: expect.stringContaining('comes again'),
    });
  });

  test('stops at one that is too slow, and says so', async () => {
    receiver.behave(async (response, call) => {
      await pause(500);
      await ok(response, call);
    });
    const { code, checks, by } = await results('--timeout', '100ms');
    expect(code).toBe(1);
    expect(by('valid')).toMatchObject({
      reason: 'timeout',
      advice: expect.stringContaining('sooner'),
    });
    expect(checks.slice(1).every(({ result }) => result === 'skipped')).toBe(true);
    expect(checks[1]).toMatchObject({ check: 'duplicate' });
    expect(checks[1]?.advice).toContain('no response came');
  });

  test('thinks of Docker when nobody listens', async () => {
    const io = captureIo('/', { language: 'zh' });
    const code = await runProgram(['doctor', `http://localhost:${await freePort()}/`], io);
    expect(code).toBe(1);
    expect(io.out()).toContain('失败  普通消息  (connection: ECONNREFUSED');
    expect(io.out()).toContain('host.docker.internal');
    expect(io.out().match(/跳过/gu)?.length).toBeGreaterThan(5);
    expect(io.out().match(/未检查：第一条消息没有得到响应/gu)).toHaveLength(1);
  });

  test.each([
    [['ftp://x/'], 'url:'],
    [['http://127.0.0.1/', '--secret', 'short'], 'secret:'],
    [['http://127.0.0.1/', '--timeout', 'soon'], 'timeout:'],
  ])('does not understand %j', async (args, said) => {
    const io = captureIo('/');
    expect(await runProgram(['doctor', ...args], io)).toBe(2);
    expect(io.err()).toContain(said);
  });
});
