import { once } from 'node:events';
import type { Got, Response } from 'got';
import { fetchError } from './fetch-error.js';

/** What one request for a file came to. */
export type Download =
  | {
      readonly kind: 'file';
      readonly bytes: Buffer;
      readonly mediaType?: string;
      readonly disposition?: string;
    }
  | { readonly kind: 'redirect'; readonly location: string };

type Stream = ReturnType<Got['stream']['get']>;

const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Reads one response, and no more of it than `maxBytes`. Closes the connection in any case.
 *
 * @throws CallbackError `file-too-large`, or `file-unavailable` for a status that is no file
 */
export async function download(stream: Stream, url: URL, maxBytes: number): Promise<Download> {
  // Whoever waits gets the failure; without this, one that comes later would end the process.
  stream.on('error', () => {});
  try {
    const [response] = (await once(stream, 'response')) as [Response];
    const { statusCode, headers } = response;
    if (redirects.has(statusCode) && headers.location !== undefined) {
      return { kind: 'redirect', location: headers.location };
    }
    if (statusCode !== 200) {
      throw fetchError('file-unavailable', url, { why: `HTTP ${statusCode}` });
    }
    if (Number(headers['content-length']) > maxBytes) throw fetchError('file-too-large', url);
    const bytes = await readUpTo(stream, url, maxBytes);
    const mediaType = headers['content-type'];
    const disposition = headers['content-disposition'];
    return {
      kind: 'file',
      bytes,
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(disposition === undefined ? {} : { disposition }),
    };
  } finally {
    stream.destroy();
  }
}

async function readUpTo(stream: Stream, url: URL, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw fetchError('file-too-large', url);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
