import { CallbackError } from '../../../core/errors.js';
import type { Bilingual } from '../../../core/language.js';

/** What one call of `/msg/send_msg` says, without who says it and where. */
export interface OutgoingContent {
  readonly contentType: number;
  readonly content: Readonly<Record<string, unknown>>;
}

/** A file that was uploaded. */
export interface UploadedMedia {
  readonly url: string;
  /** In bytes. */
  readonly size: number;
  /** E.g. `image/png`. */
  readonly mediaType: string;
}

/** The server's own limit for one call, in bytes, less some room for all that is not content. */
const maxContentBytes = 8 * 1024 * 1024 - 64 * 1024;
/**
 * Zero counts as missing to the server.
 *
 * @throws CallbackError `openim-media-incomplete`
 */
export function checkMedia(media: UploadedMedia, numbers: Readonly<Record<string, number>>): void {
  const isKnown = media.url !== '' && media.mediaType !== '';
  const wrong = Object.entries({ ...numbers, size: media.size }).filter(
    ([, number]) => !(Number.isSafeInteger(number) && number > 0),
  );
  if (isKnown && wrong.length === 0) return;
  const names = [...(isKnown ? [] : ['url, type']), ...wrong.map(([name]) => name)].join(', ');
  throw invalid('openim-media-incomplete', {
    en: `OpenIM does not take a file without these: ${names}.`,
    zh: `OpenIM 要求文件具备以下信息：${names}。`,
  });
}

/** @throws CallbackError `openim-text-blank` */
export function checkText(text: string): void {
  if (text.trim() !== '') return;
  throw invalid('openim-text-blank', {
    en: 'OpenIM takes no blank text.',
    zh: 'OpenIM 不接受空白文本。',
  });
}

/** Content that is not too large. @throws CallbackError `openim-content-too-large` */
export function checked(
  contentType: number,
  content: Readonly<Record<string, unknown>>,
): OutgoingContent {
  const size = Buffer.byteLength(JSON.stringify(content));
  if (size <= maxContentBytes) return { contentType, content };
  throw invalid('openim-content-too-large', {
    en: `OpenIM takes messages of at most ${maxContentBytes} bytes, not ${size}.`,
    zh: `OpenIM 单条消息至多 ${maxContentBytes} 字节，现为 ${size} 字节。`,
  });
}

/** What OpenIM would refuse. */
export function invalid(code: string, text: Bilingual): CallbackError {
  return new CallbackError(code, { text });
}
