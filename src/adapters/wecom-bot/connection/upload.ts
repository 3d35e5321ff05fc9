import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CallbackError } from '../../../core/errors.js';
import type { BotConnection } from './connection.js';
import type { Acknowledged, Command } from './frame.js';
import { sayingOfCode } from './saying-of-code.js';

/** The kinds of files that a bot can say over the long connection. */
export type MediaKind = 'image' | 'voice' | 'video' | 'file';

/** Raw bytes in one chunk, and how many chunks there may be (D101463). */
const chunkBytes = 512 * 1024;
const maxChunks = 100;
const maxNameBytes = 256;

const begunSchema = z.object({ upload_id: z.string() });
const doneSchema = z.object({ media_id: z.string() });

/**
 * Uploads a file in chunks; answers its media id, good for three days.
 *
 * @throws CallbackError `wecom-bot-upload-failed`
 */
export async function uploadMedia(
  connection: Pick<BotConnection, 'send' | 'beginUpload'>,
  kind: MediaKind,
  { name, bytes }: { readonly name: string; readonly bytes: Buffer },
): Promise<string> {
  const chunks = Math.ceil(bytes.length / chunkBytes);
  if (bytes.length < 5 || chunks > maxChunks) throw failed(`${bytes.length} bytes`);
  const ask = async (command: Command, body: object): Promise<unknown> =>
    bodyOf(await connection.send(command, body));
  const init = {
    type: kind,
    filename: cutBytes(name, maxNameBytes),
    total_size: bytes.length,
    total_chunks: chunks,
    md5: createHash('md5').update(bytes).digest('hex'),
  };
  const { upload_id } = begunSchema.parse(bodyOf(await connection.beginUpload(init)));
  for (let index = 0; index < chunks; index += 1) {
    const chunk = bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes);
    const base64_data = chunk.toString('base64');
    await ask('aibot_upload_media_chunk', { upload_id, chunk_index: index, base64_data });
  }
  return doneSchema.parse(await ask('aibot_upload_media_finish', { upload_id })).media_id;
}

function bodyOf(acknowledged: Acknowledged): unknown {
  if (acknowledged.kind === 'refused') throw failed(acknowledged.code);
  return acknowledged.body;
}

/** The end of a name that is too long: it holds the extension. */
function cutBytes(name: string, max: number): string {
  let short = name;
  while (Buffer.byteLength(short) > max) short = Array.from(short).slice(1).join('');
  return short;
}

function failed(code: string): CallbackError {
  return new CallbackError('wecom-bot-upload-failed', {
    // An upload shows nothing: what nobody knows of is done again.
    saying: sayingOfCode(code).kind === 'rejected' ? { kind: 'rejected' } : { kind: 'not-sent' },
    text: {
      en: `WeCom did not take a file (${code}).`,
      zh: `企业微信未接受文件（${code}）。`,
    },
  });
}
