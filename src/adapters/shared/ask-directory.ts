import { isAcceptanceAwaited } from '../../core/acceptance.js';
import { rulePatienceMs } from '../../core/rule-look-up.js';
import type { Directory } from './directory.js';

/**
 * What a puppet answers about an id: for a rule as soon as it is known, and it rejects when nothing is;
 * else what is known now while a platform waits, and after a moment otherwise.
 */
export async function askDirectory<T extends object>(
  directory: Directory<T>,
  id: string,
): Promise<T> {
  const patienceMs = rulePatienceMs();
  if (patienceMs !== undefined) return await directory.within(id, patienceMs);
  return isAcceptanceAwaited() ? directory.now(id) : await directory.soon(id);
}
