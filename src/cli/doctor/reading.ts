import { existsSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { Bilingual } from '../../core/language.js';
import { ownPackage } from '../../core/own-package.js';
import type { Finding } from './finding.js';
import { heldBack } from './judge.js';

/** What docs/receivers.md explains, by the reason of a check that failed. */
const explained = /^http-(?:401|404|405|413|415)|^body-invalid|^stream-broken/u;
/** Checks of the signature: they fail without a reason where nothing is verified. */
const ofSignature = new Set(['unsigned', 'forged']);

/** Where to read on about what was found; `undefined` when the document has nothing about it. */
export function readingFor(findings: readonly Finding[], cwd: string): Bilingual | undefined {
  return findings.some(isExplained) ? readingIn(cwd, ownPackage.root) : undefined;
}

function isExplained({ name, result, reason = '', advice }: Finding): boolean {
  if (advice === heldBack) return true;
  return result === 'fail' && (ofSignature.has(name) || explained.test(reason));
}

/**
 * Where a framework's pitfalls are described, and receivers that can be copied.
 *
 * @param cwd the folder from which paths are told, absolute
 * @param root the folder of this package, absolute
 */
export function readingIn(cwd: string, root: string): Bilingual {
  const place = (path: string) => shown(cwd, join(root, path));
  // The package has no examples.
  const isClone = existsSync(join(root, 'examples/receivers'));
  const examples = isClone ? place('examples/receivers') : 'examples/receivers';
  const [en, zh] = isClone ? ['', ''] : [' in a clone of the project', '（位于项目的克隆中）'];
  return {
    en: `What to set in which framework: ${place('docs/receivers.md')}. Receivers to start from: ${examples}${en}.`,
    zh: `各框架需要的设置：${place('docs/receivers.zh-CN.md')}。可直接上手的接收端：${examples}${zh}。`,
  };
}

/** Relative where it is in the folder, else absolute. */
function shown(cwd: string, path: string): string {
  const way = relative(cwd, path);
  return way.startsWith('..') || isAbsolute(way) ? path : way;
}
