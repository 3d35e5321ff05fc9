import { type ErrorHandler, Hono } from 'hono';
import type { Logger } from '../core/logger.js';
import type { BusyAnswer, ReadyAnswer } from './busy-answer.js';

/** Answers one request, as web handlers do. Must not reject. */
export type Handle = (request: Request) => Promise<Response>;

/** The routes of the one HTTP server: whoever offers something adds it under a path of its own. */
export interface Routes {
  /** Answers every request; 404 where nobody has added anything. */
  readonly fetch: (request: Request, env?: object) => Response | Promise<Response>;
  /** The answer to a GET of this path that is there already; `undefined`: `fetch` has to be asked. */
  readonly ready: (path: string) => ReadyAnswer | undefined;
  /**
   * Offers `part` at `path`, e.g. `/metrics`, and everything below it; answers how to take it away.
   * The routes of `part` begin behind `path`.
   *
   * @throws Error when the path is taken: that is a defect, not a state
   */
  add(path: string, part: Hono): () => void;
  /**
   * Offers a handler at `path` and everything below it, on the shortest way there is: for webhooks,
   * of which thousands come in a second. Otherwise as `add`.
   */
  addHandle(path: string, handle: Handle): () => void;
  /** The same as `add` for what is asked for very often, at exactly `path`. */
  addBusy(path: string, part: BusyAnswer): () => void;
  /** True when something here answers that address. */
  serves(url: string): boolean;
  /** True when `path` is taken. */
  has(path: string): boolean;
}

/** Who is told of requests. */
export interface RequestLog {
  readonly logger: Logger;
  /** Asked for every request, so that nothing is measured in vain. */
  readonly isWanted: () => boolean;
}

/** An empty registry. Parts may come and go while the server runs. */
export function createRoutes(log?: RequestLog): Routes {
  const parts = new Map<string, Hono>();
  const handles = new Map<string, Handle>();
  const busy = new Map<string, BusyAnswer>();
  const has = (path: string) => parts.has(path) || handles.has(path);
  const answer: Routes['fetch'] = (request, env) => {
    const path = pathOf(request.url);
    const handle = found(handles, path);
    if (handle !== undefined) return handle(request);
    return found(parts, path)?.fetch(request, env) ?? notFound();
  };
  const place = <T>(map: Map<string, T>, path: string, item: T) => {
    if (has(path)) throw new Error(`${path} is taken.`);
    map.set(path, item);
    return () => {
      if (map.get(path) === item) map.delete(path);
    };
  };
  const add: Routes['add'] = (path, part) =>
    place(parts, path, new Hono().onError(failed).route(path, part));
  return {
    ready: (path) => (log?.isWanted() ? undefined : busy.get(path)?.ready()),
    fetch: (request, env) =>
      log?.isWanted()
        ? logged(log.logger, request, () => answer(request, env))
        : answer(request, env),
    serves: (url) => {
      const path = pathOf(url);
      return found(parts, path) !== undefined || found(handles, path) !== undefined;
    },
    has,
    add,
    addBusy: (path, part) => {
      const remove = add(path, part.app);
      busy.set(path, part);
      return () => {
        remove();
        busy.delete(path);
      };
    },
    addHandle: (path, handle) => place(handles, path, handle),
  };
}

/** No JSON: an OpenIM server whose URL is mistyped would take any for permission. */
const notFound = () => {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return new Response('Not Found', { status: 404, headers });
};

/** Hono's own handler would print the error, which may quote what somebody said. */
const failed: ErrorHandler = (_error, context) => context.json({ error: 'internal' }, 500);

/** What has the path, else what has the longest path above it. */
function found<T>(map: ReadonlyMap<string, T>, path: string): T | undefined {
  for (let above = path; above !== ''; above = above.slice(0, above.lastIndexOf('/'))) {
    const item = map.get(above);
    if (item !== undefined) return item;
  }
  return undefined;
}

/** `new URL` costs more than all the rest of finding a route. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const query = url.indexOf('?', start);
  return url.slice(start, query < 0 ? undefined : query);
}

/** A line without the query: platforms sign there, and some carry a secret there. */
async function logged(
  logger: Logger,
  request: Request,
  answer: () => Response | Promise<Response>,
): Promise<Response> {
  const start = performance.now();
  const response = await answer();
  const { method, url } = request;
  logger.debug(
    { en: 'Answered a request.', zh: '已应答请求。' },
    {
      method,
      path: pathOf(url),
      status: response.status,
      ms: Math.round(performance.now() - start),
    },
  );
  return response;
}
