import { createDecipheriv, randomBytes } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';

/** What a callback is configured with. */
export interface CallbackKeys {
  readonly token: string;
  /** 43 characters. */
  readonly encodingAesKey: string;
  /** The corp id; `""` for an AI bot. */
  readonly receiveId: string;
}

export interface SealedMessage {
  readonly encrypt: string;
  readonly signature: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  readonly nonce: string;
}

/** Encrypts and signs, with 16 new random bytes each time. */
export function seal(keys: CallbackKeys, message: string, nowMs: number): SealedMessage {
  const cipher = encrypt(keys.encodingAesKey, message, keys.receiveId, randomBytes(16));
  const timestamp = String(Math.floor(nowMs / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const signature = getSignature(keys.token, timestamp, nonce, cipher);
  return { encrypt: cipher, signature, timestamp, nonce };
}

/** Checks and decrypts. Strict where the package is lax: padding bytes, length, receiveid, UTF-8. */
export function open(keys: CallbackKeys, sealed: SealedMessage): string {
  const { encrypt: cipher, signature, timestamp, nonce } = sealed;
  if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(cipher)) throw new Error('no base64');
  if (!/^\d{10}$/u.test(timestamp)) throw new Error('a timestamp that is no seconds');
  if (nonce === '') throw new Error('an empty nonce');
  if (getSignature(keys.token, timestamp, nonce, cipher) !== signature) {
    throw new Error('a wrong signature');
  }
  return unpack(keys, cipher);
}

function unpack(keys: CallbackKeys, cipher: string): string {
  const plain = decipher(keys, cipher);
  const padding = paddingOf(plain);
  const { message, id } = decrypt(keys.encodingAesKey, cipher);
  const length = plain.readUInt32BE(16);
  if (20 + length + Buffer.byteLength(id) + padding !== plain.length) {
    throw new Error('a wrong length');
  }
  if (id !== keys.receiveId) throw new Error('a wrong receiveid');
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  if (decoder.decode(plain.subarray(20, 20 + length)) !== message) throw new Error('no UTF-8');
  return message;
}

function paddingOf(plain: Buffer): number {
  const padding = plain.at(-1) ?? 0;
  const isInRange = plain.length % 32 === 0 && padding >= 1 && padding <= 32;
  if (!isInRange || plain.subarray(-padding).some((byte) => byte !== padding)) {
    throw new Error('wrong padding');
  }
  return padding;
}

function decipher({ encodingAesKey }: CallbackKeys, cipher: string): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const aes = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([aes.update(cipher, 'base64'), aes.final()]);
}
