import type { Signed, WeComCrypt } from '../shared/wecom-crypt/index.js';
import { readEnvelope } from './envelope.js';
import { type Form, readRecord } from './read-record.js';
import { parseDocument, type WeComDocument } from './schema/index.js';

/** A callback that is genuine and has been read. */
export interface Received {
  /** The answer goes back in this form. */
  readonly form: Form;
  /** The decrypted document. */
  readonly plaintext: string;
  readonly document: WeComDocument;
}

/**
 * Reads one POST of WeCom's: envelope, signature, decryption, document, in this order.
 *
 * @param signed of the query: `msg_signature`, `timestamp`, `nonce`, each given once
 * @param body the request's body, at most 1 MiB
 * @throws WeComRefusal for everything that is not genuine; only genuine documents come out
 */
export function receive(crypt: WeComCrypt, signed: Signed, body: string): Received {
  const { form, encrypt } = readEnvelope(body);
  const plaintext = crypt.open(signed, encrypt);
  return { form, plaintext, document: parseDocument(readRecord(plaintext).record) };
}
