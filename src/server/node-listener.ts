import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Handle } from './routes.js';
import { withPeer } from './with-peer.js';

/** A handler as Node's own HTTP server and Express take it. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void;

/** Makes a web handler one for Node. The body must not have been read before. */
export function nodeListener(handle: Handle): NodeListener {
  const listener = getRequestListener((request, env) => handle(withPeer(request, env)), {
    overrideGlobalObjects: false,
  });
  return (request, response) => {
    void listener(request, response);
  };
}
