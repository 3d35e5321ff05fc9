import { extname } from 'node:path';
import type { FileReply, Reply } from '../core/reply.js';
import { cleanText } from '../core/text/clean-text.js';

/** Extensions by media type; the first of a kind is its usual one. */
const extensions: Readonly<Record<FileReply['type'], ReadonlyMap<string, string>>> = {
  image: new Map([
    ['image/jpeg', '.jpg'],
    ['image/jpg', '.jpeg'],
    ['image/png', '.png'],
    ['image/gif', '.gif'],
    ['image/webp', '.webp'],
    ['image/bmp', '.bmp'],
  ]),
  audio: new Map([
    ['audio/mpeg', '.mp3'],
    ['audio/silk', '.silk'],
    ['audio/x-silk', '.sil'],
    ['audio/amr', '.amr'],
    ['audio/wav', '.wav'],
    ['audio/mp4', '.m4a'],
    ['audio/aac', '.aac'],
    ['audio/ogg', '.ogg'],
  ]),
  video: new Map([
    ['video/mp4', '.mp4'],
    ['video/quicktime', '.mov'],
    ['video/webm', '.webm'],
  ]),
  file: new Map(),
};

/** True for the replies that are a file. */
export function isFileReply(reply: Reply): reply is FileReply {
  return reply.type in extensions;
}

/**
 * The name under which a file is said. Puppets tell images, audio and video by the name's ending,
 * so a name that does not end like its kind gets the ending of its media type, or the usual one.
 */
export function fileName(type: FileReply['type'], name = '', mediaType = ''): string {
  const known = extensions[type];
  const base =
    cleanText(name)
      .replace(/[\n\t/\\]/gu, ' ')
      .trim() || type;
  const fits = known.size === 0 || [...known.values()].includes(extname(base).toLowerCase());
  if (fits) return base;
  const [usual = ''] = known.values();
  return base + (known.get(mediaType.split(';')[0]?.trim().toLowerCase() ?? '') ?? usual);
}
