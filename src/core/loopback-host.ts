/** True for a host that only this machine reaches: `127.0.0.1` and its like, `::1`, `localhost`, `x.localhost`. */
export function isLoopbackHost(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|(?:.+\.)?localhost|\[?::1\]?)$/iu.test(host);
}
