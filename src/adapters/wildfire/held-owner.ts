import type { OwnerOf } from '../../core/personal-records.js';
import { readBody, readMessage } from './decode.js';

/** What the keys of held callbacks begin with. */
export const heldPrefix = 'held/';

/** Who said what is held; `undefined` for other records. */
export const heldOwner: OwnerOf = (key, { body }) =>
  key.startsWith(heldPrefix) && typeof body === 'string' ? senderIn(Buffer.from(body)) : undefined;

/** Who said the message in the body of a callback; `undefined` where there is none. */
export function senderIn(body: Uint8Array): string | undefined {
  return readMessage(readBody(body) ?? {})?.sender;
}
