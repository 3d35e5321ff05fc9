import type { Other } from './other.js';

/** Frameworks in Go. */
export const go: readonly Other[] = [];
