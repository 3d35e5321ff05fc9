import type { TaskResponse } from './task.js';

/** What one attempt came to. Failures inside the engine are values, not exceptions. */
export type Outcome =
  | { readonly kind: 'answered'; readonly response: TaskResponse }
  /** Worth another try, not before `afterMs` when the receiver named a time. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }
  /** `pause`: the receiver is gone for good (410), its rule rests until the next reload. */
  | { readonly kind: 'dead'; readonly reason: string; readonly pause?: boolean };
