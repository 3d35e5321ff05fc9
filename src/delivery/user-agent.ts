import { ownPackage } from '../core/own-package.js';

/** `wechaty-callback/<version>`, as requests introduce themselves; only the name without a version. */
export function userAgent(): string {
  return ['wechaty-callback', ownPackage.version ?? []].flat().join('/');
}
