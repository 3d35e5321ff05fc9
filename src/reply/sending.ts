import { FileBox } from 'file-box';
import type { WechatyInterface } from 'wechaty/impls';
import type { Puppet } from 'wechaty-puppet';
import type { Conversation } from '../core/event.js';
import type { FileFetcher, FileSource } from '../core/files.js';
import { puppetExtras } from '../core/puppet-extras.js';
import type { CardReply, FileReply, LocationReply, Reply, TextReply } from '../core/reply.js';
import { cleanText } from '../core/text/clean-text.js';
import { fileName, isFileReply } from './file-reply.js';
import { checkFileSize } from './file-size.js';

/** What turning parts into calls of the puppet needs. */
export interface SendingContext {
  readonly bot: WechatyInterface;
  readonly fetcher: FileFetcher;
  readonly files: FileSource;
}

/**
 * Sends one thing to a conversation. It is the puppet's own call: Wechaty's `say` loads the message
 * afterwards, and what fails then has been said.
 */
export type Send = (conversationId: string) => Promise<unknown>;

/** Wechaty's own default, in metres. */
const accuracy = 15;

/** Sends a text; `mentionIds` are told of it, in a room alone. */
export async function sendText(
  { puppet }: WechatyInterface,
  { kind, id }: Conversation,
  text: string,
  mentionIds: readonly string[] = [],
): Promise<void> {
  if (kind === 'room') await puppet.messageSendText(id, text, [...mentionIds]);
  else await puppet.messageSendText(id, text);
}

async function fileBox(part: FileReply, { bot, fetcher, files }: SendingContext) {
  const { capabilities } = puppetExtras(bot.puppet);
  if (part.url === undefined) {
    const bytes = Buffer.from(part.base64 ?? '', 'base64');
    checkFileSize(bytes.length, capabilities);
    return FileBox.fromBuffer(bytes, fileName(part.type, part.name));
  }
  // Not FileBox.fromUrl: it would fetch addresses that nobody has checked.
  const { bytes, name, mediaType } = await fetcher.fetch(part.url, files);
  checkFileSize(bytes.length, capabilities);
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
 * How a part that is no text is sent. A file is fetched here; rejects with the fetcher's error when
 * it cannot be had, and with `file-size-unsupported` when the platform takes none of its size.
 */
export async function sendingOf(
  part: Exclude<Reply, TextReply | CardReply>,
  context: SendingContext,
): Promise<Send> {
  const puppet: Puppet = context.bot.puppet as Puppet;
  if (isFileReply(part)) {
    const file = await fileBox(part, context);
    return async (id) => await puppet.messageSendFile(id, file);
  }
  if (part.type === 'link') {
    const link = clean(withoutType(part));
    return async (id) => await puppet.messageSendUrl(id, link);
  }
  if (part.type === 'miniProgram') {
    const program = clean(withoutType(part));
    return async (id) => await puppet.messageSendMiniProgram(id, program);
  }
  if (part.type === 'contact') {
    const { contactId } = part;
    return async (id) => await puppet.messageSendContact(id, contactId);
  }
  const place = clean(location(part));
  return async (id) => await puppet.messageSendLocation(id, place);
}
