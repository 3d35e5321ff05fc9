import type { RulesPort } from '../ports.js';

/** A file system that reports nothing is looked at every three seconds. */
const patienceMs = 5000;

/** Resolves with true as soon as other rules come into force, with false after five seconds. */
export function whenChanged(rules: Pick<RulesPort, 'onChange'>): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isChanged: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(isChanged);
    };
    const timer = setTimeout(() => end(false), patienceMs).unref();
    const stop = rules.onChange(() => end(true));
  });
}
