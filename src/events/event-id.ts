import { createHash } from 'node:crypto';

/** An id for an event to which the platform gave none: equal content, equal id. */
export function eventIdOf(...content: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}
