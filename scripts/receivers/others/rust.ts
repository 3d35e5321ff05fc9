import type { Other } from './other.js';

/** Frameworks in Rust. */
export const rust: readonly Other[] = [];
