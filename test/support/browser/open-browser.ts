import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian's packages put it; the one without windows of its own takes a fifth less time. */
const usualPaths = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

const flags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Starts Chromium; fails with what to install where there is none. */
export async function openBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'];
  const paths = given === undefined ? usualPaths : [given];
  const executablePath = paths.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      `There is no Chromium at ${paths.join(' or ')}, and the console's page is tested in one. On Debian: apt-get install chromium-headless-shell. Elsewhere install it and name it in CHROMIUM_PATH.`,
    );
  }
  return await chromium.launch({ executablePath, args: [...flags] });
}
