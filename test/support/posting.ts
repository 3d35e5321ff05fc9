import { expect } from 'vitest';

/** Posts a body of JSON. */
export async function postJson(url: string, body: string, headers = {}): Promise<Response> {
  const type = { 'content-type': 'application/json' };
  return await fetch(url, { method: 'POST', headers: { ...type, ...headers }, body });
}

/** Waits until a server listens on a port of this machine, at most 15 s. */
export async function listens(port: number): Promise<void> {
  const up = async () => {
    try {
      return (await fetch(`http://127.0.0.1:${port}/`)).status > 0;
    } catch {
      return false;
    }
  };
  await expect.poll(up, { timeout: 45_000 }).toBe(true);
}
