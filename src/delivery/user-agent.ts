import { readFileSync } from 'node:fs';

let cached: string | undefined;

/** `wechaty-callback/<version>`, as requests introduce themselves. */
export function userAgent(): string {
  cached ??= ['wechaty-callback', ...readVersion()].join('/');
  return cached;
}

/** Empty when the package was bundled into something else: no reason to call nobody. */
function readVersion(): [version?: string] {
  try {
    // The same two steps up from `src/delivery` and from `dist/delivery`.
    const file = new URL('../../package.json', import.meta.url);
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    return [manifest.version];
  } catch {
    return [];
  }
}
