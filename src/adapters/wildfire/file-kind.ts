import type { FileKind } from './encode.js';

const kinds: ReadonlyMap<string, FileKind> = new Map([
  ['jpg', 'image'],
  ['jpeg', 'image'],
  ['png', 'image'],
  ['gif', 'image'],
  ['webp', 'image'],
  ['bmp', 'image'],
  ['amr', 'voice'],
  ['mp4', 'video'],
  ['mov', 'video'],
]);

/** How a file is shown, by the end of its name. Clients play no voice but AMR. */
export function fileKindOf(name: string): FileKind {
  return kinds.get(name.split('.').at(-1)?.toLowerCase() ?? '') ?? 'file';
}
