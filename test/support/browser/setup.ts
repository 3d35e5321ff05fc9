import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { browserPath } from './open-browser.js';

/** Where the tests find the browser that all of them share. */
export type BrowserPlace =
  | { readonly endpoint: string }
  /** Why there is none. */
  | { readonly missing: string };

declare module 'vitest' {
  export interface ProvidedContext {
    browser: BrowserPlace;
  }
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Starts Chromium once for all tests; it is closed when all have run. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  try {
    const server = await chromium.launchServer({ executablePath: browserPath(), args: flags });
    provide('browser', { endpoint: server.wsEndpoint() });
    return () => server.close();
  } catch (error) {
    provide('browser', { missing: (error as Error).message });
    return () => Promise.resolve();
  }
}
