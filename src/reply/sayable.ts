import { FileBox } from 'file-box';
import type { Sayable } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import type { FileFetcher, FileSource } from '../core/files.js';
import type { CardReply, FileReply, LocationReply, Reply, TextReply } from '../core/reply.js';
import { cleanText } from '../core/text/clean-text.js';
import { fileName, isFileReply } from './file-reply.js';
import { loadContact } from './load-chat.js';

/** What turning parts into Wechaty's objects needs. */
export interface SayableContext {
  readonly bot: WechatyInterface;
  readonly fetcher: FileFetcher;
  readonly files: FileSource;
}

/** Wechaty's own default, in metres. */
const accuracy = 15;

async function fileBox(part: FileReply, { fetcher, files }: SayableContext) {
  if (part.url === undefined) {
    const bytes = Buffer.from(part.base64 ?? '', 'base64');
    return FileBox.fromBuffer(bytes, fileName(part.type, part.name));
  }
  // Not FileBox.fromUrl: it would fetch addresses that nobody has checked.
  const { bytes, name, mediaType } = await fetcher.fetch(part.url, files);
  return FileBox.fromBuffer(bytes, fileName(part.type, part.name ?? name, mediaType));
}

function withoutType<T extends { readonly type: string }>(part: T): Omit<T, 'type'> {
  const { type: _type, ...payload } = part;
  return payload;
}

/** The same fields, without control characters in any text. */
function clean<T extends object>(fields: T): T {
  const entries = Object.entries(fields).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' ? cleanText(value) : value,
  ]);
  return Object.fromEntries(entries) as T;
}

function location(part: LocationReply) {
  const { latitude, longitude, name = '', address = '' } = part;
  return { accuracy, latitude, longitude, name, address };
}

/**
 * A part that is no text as the object that Wechaty says. A file is fetched here; rejects with the
 * fetcher's error when it cannot be had.
 */
export async function sayableOf(
  part: Exclude<Reply, TextReply | CardReply>,
  context: SayableContext,
): Promise<Sayable> {
  const { bot } = context;
  if (isFileReply(part)) return await fileBox(part, context);
  if (part.type === 'link') return new bot.UrlLink(clean(withoutType(part)));
  if (part.type === 'miniProgram') return new bot.MiniProgram(clean(withoutType(part)));
  if (part.type === 'contact') return loadContact(bot, part.contactId);
  return new bot.Location(clean(location(part)));
}
