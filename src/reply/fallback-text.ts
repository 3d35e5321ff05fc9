import type { FileSource } from '../core/files.js';
import type {
  FileReply,
  LinkReply,
  LocationReply,
  MiniProgramReply,
  Reply,
} from '../core/reply.js';
import { cleanText } from '../core/text/clean-text.js';
import { isFileReply } from './file-reply.js';
import { isPublicUrl } from './public-url.js';

/** What the text forms of replies need from outside. */
export interface FallbackContext {
  readonly files: FileSource;
  /** The name of a contact, `undefined` when it cannot be had. */
  readonly nameOf: (contactId: string) => Promise<string | undefined>;
}

function lines(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text.trim() !== '').join('\n');
}

function linkText({ title, description, url }: LinkReply): string {
  return lines(title, description, url);
}

/** What a mini program's card shows; where it leads is no address that a person could open. */
function miniProgramText({ title, description }: MiniProgramReply): string {
  return lines(title, description);
}

function locationText({ name, address, latitude, longitude }: LocationReply): string {
  return lines(name, address, `${latitude}, ${longitude}`);
}

function fileText({ name, url }: FileReply, files: FileSource): string {
  return url !== undefined && isPublicUrl(url, files) ? lines(name, url) : '';
}

/**
 * What is said instead of a reply that the platform cannot express: a link's title, description and
 * address; a mini program's title and description; a place's name, address and coordinates; a
 * contact's name; a file's name and address if that is public. `""` where text makes no sense.
 */
export async function fallbackText(part: Reply, context: FallbackContext): Promise<string> {
  return cleanText(await rawText(part, context));
}

async function rawText(part: Reply, { files, nameOf }: FallbackContext): Promise<string> {
  if (part.type === 'link') return linkText(part);
  if (part.type === 'miniProgram') return miniProgramText(part);
  if (part.type === 'location') return locationText(part);
  if (part.type === 'contact') return (await nameOf(part.contactId)) ?? '';
  return isFileReply(part) ? fileText(part, files) : '';
}
