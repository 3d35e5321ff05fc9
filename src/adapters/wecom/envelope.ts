import {
  type Ciphertext,
  findCiphertext,
  type Sealed,
  WeComRefusal,
} from '../shared/wecom-crypt/index.js';
import { writeXml } from '../shared/xml/index.js';
import type { Form } from './read-record.js';

/**
 * The ciphertext in the envelope of a callback, XML or JSON. Nothing else in it is signed, and nothing
 * else is read. Source: WeCom D90930, D90968.
 *
 * @param body the request's body
 * @throws WeComRefusal -40002 for a body without `Encrypt`: what is not encrypted is not WeCom's
 */
export function readEnvelope(body: string): Ciphertext {
  const found = findCiphertext(body);
  if (found === undefined) throw new WeComRefusal(-40002);
  return found;
}

/** The Content-Type of an answer in the given form. */
export const contentTypes: Readonly<Record<Form, string>> = {
  xml: 'application/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/**
 * Writes the envelope of an answer. Source: WeCom D90930: `MsgSignature` and `TimeStamp` so spelled
 * in XML, lower case in JSON.
 */
export function writeEnvelope(sealed: Sealed, form: Form): string {
  const { encrypt, signature, timestamp, nonce } = sealed;
  if (form === 'json') {
    return JSON.stringify({ encrypt, msgsignature: signature, timestamp, nonce });
  }
  return writeXml({
    Encrypt: encrypt,
    MsgSignature: signature,
    TimeStamp: Number(timestamp),
    Nonce: nonce,
  });
}
