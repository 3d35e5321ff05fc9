import { type Sealed, WeComRefusal } from '../shared/wecom-crypt/index.js';
import { writeXml, type XmlRecord } from '../shared/xml/index.js';
import { type Form, readRecord } from './read-record.js';

/** What WeCom posts: a ciphertext, and beside it two ids that nobody has signed. */
export interface Envelope {
  readonly form: Form;
  /** base64, as received: the signature covers exactly this text. */
  readonly encrypt: string;
  /** CorpID or SuiteID; unsigned, good for the log at most. `""` when absent. */
  readonly toUserName: string;
  /** Unsigned; `""` for callbacks that belong to no app. */
  readonly agentId: string;
}

/**
 * Reads the envelope of a callback, XML or JSON. Source: WeCom D90930, D90968.
 *
 * @param body the request's body, at most 1 MiB
 * @throws WeComRefusal -40002, also for a body without `Encrypt`: what is not encrypted is not WeCom's
 */
export function readEnvelope(body: string): Envelope {
  const { form, record } = readRecord(body);
  const encrypt = textOf(record, 'Encrypt');
  if (encrypt === '') throw new WeComRefusal(-40002);
  const toUserName = textOf(record, 'ToUserName');
  return { form, encrypt, toUserName, agentId: textOf(record, 'AgentID') };
}

/** In XML the names are as given; in JSON WeCom's own samples use two spellings. */
function textOf(record: XmlRecord, name: string): string {
  const value = record[name] ?? record[name.toLowerCase()];
  return typeof value === 'string' ? value.trim() : '';
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
