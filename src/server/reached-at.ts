import { isIPv6 } from 'node:net';

/** The origin of a server as this machine itself reaches it: one that listens everywhere is also here. */
export function reachedAt(host: string, port: number): string {
  const reached = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${isIPv6(reached) ? `[${reached}]` : reached}:${port}`;
}
