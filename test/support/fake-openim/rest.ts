import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { createAdaptorServer } from '@hono/node-server';
import { z } from 'zod';
import { createCalls, parsed } from './api.js';
import { FakeError } from './fake-error.js';
import { createFiles } from './files.js';
import type { FakeWorld } from './world.js';

/** One call that came in. */
export interface ReceivedCall {
  readonly api: string;
  readonly token: string | null;
  readonly operationID: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What may be done to the next calls of an API instead of answering them. */
export interface Trouble {
  readonly api: string;
  /** How often. */
  times: number;
  readonly answer: () => Response | Promise<Response>;
  /** The call is done all the same. */
  readonly isAfter: boolean;
}

/** The REST side of a server. */
export interface FakeRest {
  readonly origin: () => string;
  readonly calls: ReceivedCall[];
  readonly troubles: Trouble[];
  /** Until when the calls of an API are not looked at. */
  readonly holds: Map<string, Promise<void>>;
  readonly server: ReturnType<typeof createAdaptorServer>;
}

/** The API and the storage of a world. Nothing listens yet. */
export function createRest(world: FakeWorld, origin: () => string): FakeRest {
  const received: ReceivedCall[] = [];
  const troubles: Trouble[] = [];
  const holds = new Map<string, Promise<void>>();
  const calls = createCalls(world);
  const files = createFiles(world, origin);
  const auth = authCalls(world);

  const call = (request: Request, api: string, body: unknown): Response => {
    const granted = auth(api, body);
    if (granted !== undefined) return envelope(request, granted);
    const known = calls[api] ?? files.calls[api];
    if (known === undefined) return new Response('404 page not found', { status: 404 });
    checkToken(world, request.headers.get('token'));
    return envelope(request, known(body, request.headers.get('x-request-api') ?? origin()));
  };
  const answer = async (request: Request): Promise<Response> => {
    const { pathname: api } = new URL(request.url);
    if (request.method === 'GET') return fetched(world, api, origin());
    if (api === '/storage') {
      return new Response(null, { status: await files.take(await request.formData()) });
    }
    const body = (await request.json()) as Readonly<Record<string, unknown>>;
    const operationID = request.headers.get('operationID');
    received.push({ api, token: request.headers.get('token'), operationID, body });
    await holds.get(api);
    const trouble = troubles.find((one) => one.api === api && one.times > 0);
    if (trouble !== undefined) {
      trouble.times -= 1;
      if (trouble.isAfter) call(request, api, body);
      return await trouble.answer();
    }
    if (!operationID) throw new FakeError(1001, 'header must have operationID');
    return call(request, api, body);
  };
  const fetch = (request: Request) =>
    answer(request).catch((error: unknown) => {
      if (!(error instanceof FakeError)) throw error;
      const { errCode, message } = error;
      return Response.json({ errCode, errMsg: 'error', errDlt: message });
    });
  return {
    origin,
    calls: received,
    troubles,
    holds,
    server: createAdaptorServer({ fetch, overrideGlobalObjects: false }),
  };
}

function fetched(world: FakeWorld, pathname: string, origin: string): Response {
  return pathname.startsWith('/stored/')
    ? stored(world, pathname)
    : redirect(world, pathname, origin);
}

/** Replies without fields have no `data`; larger ones are compressed. */
function envelope(request: Request, data: unknown): Response {
  const text = JSON.stringify({
    errCode: 0,
    errMsg: '',
    errDlt: '',
    ...(data === undefined ? {} : { data }),
  });
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  if (text.length < 200 || !request.headers.get('accept-encoding')?.includes('gzip')) {
    return new Response(text, { headers });
  }
  return new Response(new Uint8Array(gzipSync(text)), {
    headers: { ...headers, 'content-encoding': 'gzip' },
  });
}

function authCalls(world: FakeWorld) {
  const current = z.object({ secret: z.string(), userID: z.string() });
  const old = current.extend({ platformID: z.int() });
  return (api: string, body: unknown): object | undefined => {
    const wanted = world.version === '3.8.0' ? '/auth/user_token' : '/auth/get_admin_token';
    if (api !== wanted) return undefined;
    const { secret, userID } = parsed(api === '/auth/user_token' ? old : current, body);
    if (secret !== world.secret) throw new FakeError(1002, 'secret invalid');
    if (userID !== world.adminId) throw new FakeError(1001, 'userID is error.');
    // A new token ends the older ones; a real server leaves them five minutes.
    if (world.version === 'main') world.tokens.clear();
    const token = `token-${randomUUID()}`;
    world.tokens.set(token, Date.now() + world.tokenSeconds * 1000);
    return { token, expireTimeSeconds: world.tokenSeconds };
  };
}

function checkToken(world: FakeWorld, token: string | null): void {
  if (token === null) throw new FakeError(1001, 'header must have token');
  const end = world.tokens.get(token);
  if (end === undefined) throw new FakeError(1507, 'token not exist');
  if (end <= Date.now()) throw new FakeError(1501, 'token expired');
}

function redirect(world: FakeWorld, pathname: string, origin: string): Response {
  const name = pathname.slice('/object/'.length);
  if (!world.files.has(name)) return new Response('404', { status: 404 });
  return new Response(null, { status: 302, headers: { location: `${origin}/stored/${name}` } });
}

function stored(world: FakeWorld, pathname: string): Response {
  const file = world.files.get(pathname.slice('/stored/'.length));
  if (file === undefined) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(file.bytes), {
    headers: { 'content-type': file.contentType },
  });
}
