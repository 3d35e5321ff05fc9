import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { password } from '../running-console.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const screenshots = fileURLToPath(new URL('../../e2e/screenshots', import.meta.url));

/** The two sizes that every page is looked at in. */
export const sizes = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

/** How a console is visited. */
export interface VisitOptions {
  /** Default: `en-US`. */
  readonly locale?: string;
  /** Default: `desktop`. */
  readonly size?: keyof typeof sizes;
  /** Default: true. */
  readonly logsIn?: boolean;
}

/** A person in front of a console. */
export interface Visit {
  readonly page: Page;
  /** Goes to a path below `/console/`. */
  readonly go: (path: string) => Promise<void>;
  /** Keeps a picture of the page in each size. */
  readonly picture: (name: string) => Promise<void>;
  /** What axe finds that is serious or critical, one line each. */
  readonly serious: () => Promise<readonly string[]>;
}

/**
 * Opens the console in a window of its own, and logs in. The page must raise no error of its own and
 * break no policy: that is checked when the test is over.
 */
export async function visit(
  browser: Browser,
  origin: string,
  { locale = 'en-US', size = 'desktop', logsIn = true }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    locale,
    viewport: sizes[size],
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (line) => {
    // A refusal is an answer like any other; the browser tells of it all the same.
    const isAnswer = /the server responded with a status of|ERR_INCOMPLETE|ERR_CONNECTION/u;
    if (line.type() === 'error' && !isAnswer.test(line.text())) troubles.push(line.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(troubles).toEqual([]);
  });
  const go = async (path: string) => {
    await page.goto(`${origin}/console/${path}`);
  };
  await go('');
  if (logsIn) await logIn(page);
  return { page, go, picture: (name) => picture(page, name), serious: () => serious(page) };
}

async function logIn(page: Page): Promise<void> {
  await page.getByLabel(/^(Password|密码)$/u).fill(password);
  await page.getByRole('button', { name: /^(Log in|登录)$/u }).click();
  await page.getByRole('navigation').waitFor();
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  const former = page.viewportSize() ?? sizes.desktop;
  for (const [called, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    await page.waitForTimeout(150);
    await page.screenshot({ path: `${screenshots}/${name}-${called}.png`, animations: 'disabled' });
  }
  await page.setViewportSize(former);
}

async function serious(page: Page): Promise<readonly string[]> {
  // Evaluated and not added as a script: the page's policy admits none but its own.
  await page.evaluate(readFileSync(axe, 'utf8'));
  const { violations } = await page.evaluate(
    async () =>
      await (
        globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }
      ).axe.run({ resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
