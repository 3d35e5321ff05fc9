import { isUtf8 } from 'node:buffer';
import { randomFillSync } from 'node:crypto';
import { WeComRefusal } from './refusal.js';

/** PKCS#7 pads to 32 bytes here, not to AES's 16. Source: WeCom D90968. */
const padBlock = 32;
const randomBytes = 16;
/** Random bytes, then the length of the text as a big-endian uint32. */
const headBytes = randomBytes + 4;

/**
 * The plaintext block: 16 random bytes, the length, the text, the receiver's id, padding.
 * With a constant IV the random bytes alone hide that two messages are equal.
 */
export function packText(text: string, receiveId: Buffer): Buffer {
  const length = Buffer.byteLength(text);
  const used = headBytes + length + receiveId.length;
  const pad = padBlock - (used % padBlock);
  const block = Buffer.alloc(used + pad, pad);
  randomFillSync(block, 0, randomBytes);
  block.writeUInt32BE(length, randomBytes);
  block.write(text, headBytes);
  receiveId.copy(block, headBytes + length);
  return block;
}

/**
 * The text of a plaintext block of at least 32 bytes.
 *
 * @throws WeComRefusal -40008 for wrong padding, an impossible length or bytes that are no UTF-8;
 *   -40005 for another receiver
 */
export function unpackText(block: Buffer, receiveId: Buffer): string {
  const end = block.length - paddingOf(block);
  // Unsigned, and at least a head: a block with room for less than that ends before this, too.
  const textEnd = headBytes + block.readUInt32BE(randomBytes);
  if (textEnd > end) throw new WeComRefusal(-40008);
  if (!block.subarray(textEnd, end).equals(receiveId)) throw new WeComRefusal(-40005);
  const text = block.subarray(headBytes, textEnd);
  if (!isUtf8(text)) throw new WeComRefusal(-40008);
  return text.toString('utf8');
}

/** How many bytes of padding: 1 to 32, every one of them saying so. */
function paddingOf(block: Buffer): number {
  const pad = block.at(-1) ?? 0;
  if (pad < 1 || pad > padBlock || pad > block.length) throw new WeComRefusal(-40008);
  for (let at = block.length - pad; at < block.length; at += 1) {
    if (block[at] !== pad) throw new WeComRefusal(-40008);
  }
  return pad;
}
