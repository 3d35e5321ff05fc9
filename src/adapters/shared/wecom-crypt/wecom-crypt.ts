import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { packText, unpackText } from './layout.js';
import { checkCryptOptions, type WeComCryptOptions } from './options.js';
import { WeComRefusal } from './refusal.js';
import { isSameSignature, type Signed, signatureOf } from './signature.js';

const cipherName = 'aes-256-cbc';
const aesBlock = 16;
const base64Pattern = /^[A-Za-z0-9+/]+={0,2}$/u;

/** An encrypted and signed text, ready for an envelope. */
export interface Sealed {
  /** base64. */
  readonly encrypt: string;
  readonly signature: string;
  /** Seconds since 1970, in digits. */
  readonly timestamp: string;
  readonly nonce: string;
}

/** Opens what WeCom sends to one callback URL, and seals what is answered (WXBizMsgCrypt). */
export interface WeComCrypt {
  /** Was `encrypted` signed with the Token? In constant time; never throws. */
  isSigned(signed: Signed, encrypted: string): boolean;
  /**
   * Decrypts and checks everything. Call it only for what is signed: `open` does both.
   * @throws WeComRefusal
   */
  decrypt(encrypted: string): string;
  /**
   * Checks the signature, then decrypts.
   * @throws WeComRefusal
   */
  open(signed: Signed, encrypted: string): string;
  /**
   * The answer to a check of the URL: what is in `echostr`, to be sent as it is. Spaces in it are
   * read as `+`, into which a proxy that decodes the query twice turns them.
   * @throws WeComRefusal
   */
  openEcho(signed: Signed, echostr: string): string;
  /** base64; different every time. */
  encrypt(text: string): string;
  /** Encrypts and signs. `timestamp` in seconds since 1970. */
  seal(text: string, stamp: { readonly timestamp: string; readonly nonce: string }): Sealed;
}

/**
 * The cryptography of one callback URL. Source: WeCom D90968.
 *
 * @throws CallbackError `wecom-options-invalid`
 */
export function createWeComCrypt(options: WeComCryptOptions): WeComCrypt {
  checkCryptOptions(options);
  const { token } = options;
  const receiveId = Buffer.from(options.receiveId);
  // 43 characters are 258 bits; the two surplus ones need not be zero, so no strict decoder.
  const keyBytes = Buffer.from(`${options.encodingAesKey}=`, 'base64');
  const key = createSecretKey(keyBytes);
  const iv = Buffer.from(keyBytes.subarray(0, aesBlock));

  const isSigned = ({ signature, timestamp, nonce }: Signed, encrypted: string): boolean =>
    [timestamp, nonce, encrypted].every((value: unknown) => typeof value === 'string') &&
    isSameSignature(signature, signatureOf(token, timestamp, nonce, encrypted));

  const decrypt = (encrypted: string): string => {
    const ciphertext = decodeBase64(encrypted);
    // Padding to 32 is checked by hand: Node's own accepts 1 to 16 and so refuses half of all messages.
    const decipher = createDecipheriv(cipherName, key, iv).setAutoPadding(false);
    return unpackText(decipher.update(ciphertext), receiveId);
  };

  const open = (signed: Signed, encrypted: string): string => {
    if (!isSigned(signed, encrypted)) throw new WeComRefusal(-40001);
    return decrypt(encrypted);
  };

  const encrypt = (text: string): string => {
    const cipher = createCipheriv(cipherName, key, iv).setAutoPadding(false);
    return cipher.update(packText(text, receiveId)).toString('base64');
  };

  return {
    isSigned,
    decrypt,
    open,
    openEcho: (signed, echostr) => open(signed, repairEcho(echostr)),
    encrypt,
    seal(text, { timestamp, nonce }) {
      const sealed = encrypt(text);
      const signature = signatureOf(token, timestamp, nonce, sealed);
      return { encrypt: sealed, signature, timestamp, nonce };
    },
  };
}

/** base64 never holds a space. A query may hold a parameter twice: then this is no text. */
function repairEcho(echostr: unknown): string {
  return typeof echostr === 'string' ? echostr.replaceAll(' ', '+') : '';
}

/** At least two blocks of AES: what is inside is padded to 32 bytes. */
function decodeBase64(encrypted: string): Buffer {
  // Node's decoder skips what is no base64.
  if (encrypted.length % 4 !== 0 || !base64Pattern.test(encrypted)) throw new WeComRefusal(-40010);
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length < 2 * aesBlock || bytes.length % aesBlock !== 0) throw new WeComRefusal(-40007);
  return bytes;
}
