import { go } from './others/go.js';
import { java } from './others/java.js';
import { node } from './others/node.js';
import type { Other } from './others/other.js';
import { python } from './others/python.js';
import { rust } from './others/rust.js';

/** Every other framework that is run. */
export const others: readonly Other[] = [...python, ...go, ...rust, ...java, ...node];
