import { CallbackError } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';

/** A command line that is not understood; ends with the exit code for that. */
export class UsageError extends CallbackError {
  override readonly name = 'UsageError';

  constructor(text: Bilingual, options: { readonly cause?: unknown } = {}) {
    super('usage', { text, ...options });
  }
}
