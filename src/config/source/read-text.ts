import { open } from 'node:fs/promises';
import type { Bilingual } from '../../core/language.js';

/** The largest file that is taken for a configuration. */
const maxBytes = 1024 * 1024;

/** The text of a file, or why it is none. */
export type TextRead =
  | { readonly text: string; readonly fault?: never }
  | { readonly text?: never; readonly fault: Bilingual };

/** Reads a file of at most 1 MB in UTF-8. Rejects only when the file system does. */
export async function readText(file: string): Promise<TextRead> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > maxBytes) return { fault: tooLarge };
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxBytes + 1), 0, maxBytes + 1, 0);
    if (bytesRead > maxBytes) return { fault: tooLarge };
    return decode(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

function decode(bytes: Buffer): TextRead {
  try {
    // Drops a byte order mark; Notepad writes one.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { fault: notUtf8 };
  }
}

const tooLarge = { en: 'the file is larger than 1 MB', zh: '文件超过 1 MB' };

const notUtf8 = {
  en: 'the file is not in UTF-8 (GBK? UTF-16?); save it as UTF-8',
  zh: '文件不是 UTF-8 编码（可能是 GBK 或 UTF-16）；请另存为 UTF-8',
};
