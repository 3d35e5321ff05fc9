import { createRequire } from 'node:module';
import type { checkSync as CheckSync } from 'recheck';

/** What is wrong with the speed of a regular expression; `undefined`: it takes linear time. */
export function slownessOf(source: string, flags: string): string | undefined {
  if (!repeats.test(source)) return undefined;
  const readable = readableFlags(source, flags);
  if (readable === undefined)
    return 'uses what only the flag v has, which the detector cannot read';
  const found = checker()(withFewRepetitions(source), readable, limits);
  if (found.status === 'safe') return undefined;
  if (found.status === 'unknown') return `cannot be judged (${found.error.kind})`;
  const { type } = found.complexity;
  return type === 'polynomial' ? `${type}, degree ${found.complexity.degree}` : type;
}

/** Without repetitions a match costs no more than the expression is long, wherever it begins. */
const repeats = /[*+]|\{\d+,\d*\}/u;

/** What a search may cost: a fault of ours is found at once, and most expressions need no search. */
const limits = {
  timeout: 20_000,
  attackTimeout: 500,
  incubationTimeout: 250,
  incubationLimit: 10_000,
  attackLimit: 10_000_000,
  maxAttackStringSize: 20_000,
  maxIteration: 3,
} as const;

let loaded: typeof CheckSync | undefined;

/** The part of the detector that is JavaScript, wherever its programs of other kinds are installed. */
function checker(): typeof CheckSync {
  if (loaded === undefined) {
    const before = process.env['RECHECK_BACKEND'];
    process.env['RECHECK_BACKEND'] = 'pure';
    loaded = (createRequire(import.meta.url)('recheck') as { checkSync: typeof CheckSync })
      .checkSync;
    if (before === undefined) delete process.env['RECHECK_BACKEND'];
    else process.env['RECHECK_BACKEND'] = before;
  }
  return loaded;
}

/** Bounds are no matter of degree, and the work of the detector grows with them. */
function withFewRepetitions(source: string): string {
  return source.replaceAll(
    /(?<!\\[pPxuk]?)\{(\d+)(,?)(\d*)\}/gu,
    (_all, least: string, comma: string, most: string) =>
      `{${fewer(least)}${comma}${most === '' ? '' : fewer(most)}}`,
  );
}

function fewer(count: string): number {
  return Math.min(3, Number(count));
}

/**
 * Flags that the detector knows: `v` is `u` where nothing is used that only `v` has. Without anything
 * beyond ASCII `u` makes no difference to the time, only to that of the detector.
 */
function readableFlags(source: string, flags: string): string | undefined {
  if (flags.includes('v') && /--|&&|\\q\{|\[[^\]]*\[/u.test(source)) return undefined;
  const known = flags.replaceAll(/[dg]/gu, '').replace('v', 'u');
  return /\\[pPu]|[^\p{ASCII}]/u.test(source) ? known : known.replace('u', '');
}
