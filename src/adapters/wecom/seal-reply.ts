import { randomBytes } from 'node:crypto';
import type { WeComCrypt } from '../shared/wecom-crypt/index.js';
import { writeEnvelope } from './envelope.js';
import { type PassiveReply, type ReplyAddress, writePassiveReply } from './passive-reply.js';
import type { Form } from './read-record.js';

/** Envelope and document go back as they came. */
export interface ReplyForms {
  /** Of the envelope. */
  readonly form: Form;
  /** Of what is in it. */
  readonly documentForm: Form;
}

/** The body of the HTTP response: the reply, encrypted and signed, in the forms of the callback. */
export function sealPassiveReply(
  crypt: WeComCrypt,
  reply: PassiveReply,
  address: ReplyAddress,
  { form, documentForm }: ReplyForms = { form: 'xml', documentForm: 'xml' },
): string {
  const timestamp = String(Math.floor(address.at / 1000));
  const nonce = randomBytes(8).toString('hex');
  const text = writePassiveReply(reply, address, documentForm);
  return writeEnvelope(crypt.seal(text, { timestamp, nonce }), form);
}
