import {
  type Ciphertext,
  type Signed,
  type WeComCrypt,
  WeComRefusal,
} from '../shared/wecom-crypt/index.js';
import { readEnvelope } from './envelope.js';
import { type Form, readRecord } from './read-record.js';
import { parseDocument, type WeComDocument } from './schema/index.js';

/** A callback that is genuine and has been read. */
export interface Received {
  /** The envelope of the answer goes back in this form. */
  readonly form: Form;
  /** What is in it, in this one. */
  readonly documentForm: Form;
  /** The decrypted document. */
  readonly plaintext: string;
  readonly document: WeComDocument;
}

/**
 * Reads one POST of WeCom's: ciphertext, signature, decryption, document, in this order.
 *
 * @param signed of the query: `msg_signature`, `timestamp`, `nonce`, each given once
 * @param body the request's body, at most 1 MiB
 * @throws WeComRefusal for everything that is not genuine; only genuine documents come out
 */
export function receive(crypt: WeComCrypt, signed: Signed, body: string): Received {
  const envelope = readEnvelope(body);
  if (!crypt.isSigned(signed, envelope.encrypt)) throw new WeComRefusal(-40001);
  return openDocument(crypt, envelope);
}

/**
 * The document in an envelope whose signature is right.
 *
 * @throws WeComRefusal
 */
export function openDocument(crypt: WeComCrypt, { form, encrypt }: Ciphertext): Received {
  const plaintext = crypt.decrypt(encrypt);
  const { form: documentForm, record } = readRecord(plaintext);
  return { form, documentForm, plaintext, document: parseDocument(record) };
}
