import type { Other } from './other.js';

/** Frameworks in Node. */
export const node: readonly Other[] = [];
