import { isCallbackError } from '../core/errors.js';

/** What a journal says of a wish that cannot be: no failure of its own. */
const expectedCodes = new Set([
  'journal-closed',
  'store-closed',
  'journal-not-on-disk',
  'journal-in-database',
  'backup-exists',
]);

/** True when a call failed for the journal's own sake, and not because of what was asked. */
export function isFailure(error: unknown): boolean {
  return !isCallbackError(error) || !expectedCodes.has(error.code);
}
