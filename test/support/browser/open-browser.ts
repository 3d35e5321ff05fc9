import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** Where Debian's packages put it; the one without windows of its own takes a fifth less time. */
const usualPaths = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/**
 * Finds Chromium.
 *
 * @throws Error where there is none, with what to install
 */
export function browserPath(): string {
  const given = process.env['CHROMIUM_PATH'];
  const paths = given === undefined ? usualPaths : [given];
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    `There is no Chromium at ${paths.join(' or ')}, and the console's page is tested in one. On Debian: apt-get install chromium-headless-shell. Elsewhere install it and name it in CHROMIUM_PATH.`,
  );
}

/** Connects to the browser of this run; to close it ends the connection alone. */
export async function openBrowser(): Promise<Browser> {
  const place = inject('browser');
  if ('missing' in place) throw new Error(place.missing);
  return await chromium.connect(place.endpoint);
}
