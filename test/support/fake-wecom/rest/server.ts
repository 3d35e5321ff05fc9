import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { FakeCall, FakeMedia, World } from '../world.js';
import { createChat, getChat, sendToChat, updateChat } from './app-chat.js';
import { updateCard } from './cards.js';
import {
  getAgent,
  getCustomer,
  getCustomerGroup,
  getDepartment,
  getTag,
  getUser,
  welcome,
} from './directory.js';
import { callerIp, json, sufferFault } from './faults.js';
import { getMedia, upload } from './media.js';
import { recall, send } from './messages.js';
import { errmsg, Refusal, refuse } from './refusal.js';
import type { RestRequest } from './request.js';
import { appOf, getToken } from './tokens.js';

interface Route {
  readonly method: 'GET' | 'POST';
  readonly answer: (request: RestRequest) => object;
}

const get = (answer: Route['answer']): Route => ({ method: 'GET', answer });
const post = (answer: Route['answer']): Route => ({ method: 'POST', answer });

const routes: Readonly<Record<string, Route>> = {
  'message/send': post(send),
  'message/recall': post(recall),
  'message/update_template_card': post(updateCard),
  'media/upload': post(upload),
  'appchat/create': post(createChat),
  'appchat/update': post(updateChat),
  'appchat/get': get(getChat),
  'appchat/send': post(sendToChat),
  'user/get': get(getUser),
  'department/get': get(getDepartment),
  'tag/get': get(getTag),
  'externalcontact/get': get(getCustomer),
  'externalcontact/groupchat/get': post(getCustomerGroup),
  'externalcontact/send_welcome_msg': post(welcome),
  'agent/get': get(getAgent),
  'media/get': get(getMedia),
  // Answered before there is a token to check.
  gettoken: get(() => ({})),
  getcallbackip: get(() => ({ ip_list: ['203.0.113.7', '198.51.100.0'] })),
};

/** The REST side of the platform. */
export function restServer(world: World): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void handle(world, { request, response, body: Buffer.concat(chunks) });
    });
  });
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

async function handle(world: World, { request, response, body }: Exchange): Promise<void> {
  const url = new URL(request.url ?? '', 'http://fake');
  const [, by, path = ''] = /^(?:\/by\/([^/]+))?(.*)$/u.exec(url.pathname) ?? [];
  const api = path.replace(/^\/cgi-bin\//u, '');
  const query = Object.fromEntries(url.searchParams);
  const { method = '' } = request;
  const call: FakeCall = { api, by, method, query, body, at: world.clock.now() };
  world.calls.push(call);
  if (await sufferFault(world, call, response)) return;
  const route = routes[api];
  if (!route) response.writeHead(404).end();
  else respond(world, call, { route, request, response });
}

interface Routed {
  readonly route: Route;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

function respond(world: World, call: FakeCall, { route, request, response }: Routed): void {
  try {
    const result = run(world, call, { route, headers: request.headers });
    call.errcode = 0;
    if ('bytes' in result) sendFile(response, result as FakeMedia);
    else json(response, { errcode: 0, errmsg: 'ok', ...result });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { errcode, message } = error;
    call.errcode = errcode;
    json(response, { errcode, errmsg: errmsg(errcode, message, callerIp) });
  }
}

function run(
  world: World,
  { api, method, query, body }: FakeCall,
  { route, headers }: { readonly route: Route; readonly headers: IncomingHttpHeaders },
): object {
  if (method !== route.method) refuse(route.method === 'GET' ? 43_001 : 43_002, 'wrong method');
  if (api === 'gettoken') return getToken(world, query);
  const app = appOf(world, query['access_token']);
  if (world.trustedIps.length > 0 && !world.trustedIps.includes(callerIp)) {
    refuse(60_020, 'not allow to access from your ip');
  }
  const contentType = headers['content-type'] ?? '';
  const contentLength = Number(headers['content-length'] ?? -1);
  return route.answer({ world, app, query, body, contentType, contentLength });
}

function sendFile(response: ServerResponse, media: FakeMedia): void {
  const { name, bytes, contentType, disposition } = media;
  const header = disposition ?? `attachment; filename="${name}"`;
  response.writeHead(200, {
    'content-type': contentType,
    // Raw UTF-8, as the platform writes it: Node wants it as Latin-1.
    'content-disposition': Buffer.from(header).toString('latin1'),
    'content-length': bytes.length,
  });
  response.end(bytes);
}
