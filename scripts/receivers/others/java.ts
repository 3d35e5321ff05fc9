import type { Other } from './other.js';

/** Frameworks in Java. */
export const java: readonly Other[] = [];
