import { Hono } from 'hono';

/** Answers as `health` does, with the status alone: for load balancers, and for all who reach a public port. */
export function bareHealth(health: Hono): Hono {
  const app = new Hono();
  app.get('/', async () => {
    const { status } = await health.request('/');
    return new Response(null, { status, headers: { 'cache-control': 'no-store' } });
  });
  return app;
}
