import { createHash } from 'node:crypto';
import type { Answer, ImagePart } from './answer/answer.js';
import { imageBudgetBytes, maxImages } from './capabilities.js';

/** True for the bytes of a JPG or PNG, which is all that a stream can show (D101031). */
export function isShowable(bytes: Buffer): boolean {
  const isJpg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
  return isJpg || bytes.subarray(0, 4).toString('latin1') === '\u0089PNG';
}

/** Whether an answer has room for one more image. */
export function hasRoomFor({ parts }: Answer, bytes: Buffer): boolean {
  const images = parts.filter((part): part is ImagePart => part.kind === 'image');
  const used = images.reduce((sum, { base64 }) => sum + (base64.length / 4) * 3, 0);
  return images.length < maxImages && used + bytes.length <= imageBudgetBytes;
}

/** An image as a stream's last frame holds it. */
export function imageOf(bytes: Buffer): Omit<ImagePart, 'key'> {
  const md5 = createHash('md5').update(bytes).digest('hex');
  return { kind: 'image', base64: bytes.toString('base64'), md5 };
}
