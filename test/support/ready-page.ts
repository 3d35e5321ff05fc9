import { execFileSync } from 'node:child_process';

/** Before all tests: the page is built once, if it is not as new as its sources. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/ready-page.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
