import { type ErrorHandler, Hono } from 'hono';

/** The routes of the one HTTP server: whoever offers something adds it under a path of its own. */
export interface Routes {
  /** Answers every request; 404 where nobody has added anything. */
  readonly app: Hono;
  /**
   * Offers `part` at `path`, e.g. `/metrics`, and everything below it; answers how to take it away.
   * The routes of `part` begin behind `path`.
   *
   * @throws Error when the path is taken: that is a defect, not a state
   */
  add(path: string, part: Hono): () => void;
  /** True when `path` is taken. */
  has(path: string): boolean;
}

/** An empty registry. Parts may come and go while the server runs. */
export function createRoutes(): Routes {
  const parts = new Map<string, Hono>();
  const app = new Hono();
  // Hono's own router is closed with the first request, so the parts are found here.
  app.all('*', async (context) => {
    const { pathname } = new URL(context.req.url);
    const path = [...parts.keys()].find((each) => isBelow(pathname, each));
    const part = path === undefined ? undefined : parts.get(path);
    if (part === undefined) return context.notFound();
    return await part.fetch(context.req.raw, context.env);
  });
  app.notFound((context) => context.json({ error: 'not-found' }, 404));
  app.onError(failed);
  return {
    app,
    has: (path) => parts.has(path),
    add: (path, part) => {
      if (parts.has(path)) throw new Error(`${path} is taken.`);
      const placed = new Hono().onError(failed).route(path, part);
      parts.set(path, placed);
      return () => {
        if (parts.get(path) === placed) parts.delete(path);
      };
    },
  };
}

/** Hono's own handler would print the error, which may quote what somebody said. */
const failed: ErrorHandler = (_error, context) => context.json({ error: 'internal' }, 500);

function isBelow(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(`${path}/`);
}
