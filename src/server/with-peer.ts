import type { IncomingMessage } from 'node:http';
import { rememberPeer } from '../core/request-peer.js';

/** The request, of which is known from now on where it came from. */
export function withPeer(request: Request, env: object): Request {
  const { incoming } = env as { readonly incoming?: Pick<IncomingMessage, 'socket'> };
  rememberPeer(request, incoming?.socket.remoteAddress);
  return request;
}
