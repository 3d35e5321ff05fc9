import type { Quotation } from '../../event.js';
import type { PartedText } from './parted-text.js';

/** In groups some puppets leave the sender's id before the XML. */
const xml = /^\s{0,8}(?:[\w@.-]{1,64}:(?:\n|<br ?\/?>)\s{0,8})?<(?:\?xml|msg|appmsg)[\s>]/u;

/** True when a text is WeChat's XML of a message that refers to another. */
export function isReference(text: string): boolean {
  // Nearly all texts have none, which is found out at once.
  return text.includes('<refermsg>') && xml.test(text);
}

/**
 * Reads WeChat's XML of a message that refers to another (`appmsg` with `refermsg`): its title is
 * what is said. `undefined` when it is none. Takes linear time.
 */
export function readReference(text: string): PartedText | undefined {
  const appmsg = text.indexOf('<appmsg');
  const from = text.indexOf('<refermsg>');
  const to = text.indexOf('</refermsg>', from);
  if (appmsg < 0 || from < appmsg || to < 0) return undefined;
  const words = element(text.slice(appmsg, from), 'title') ?? element(text.slice(to), 'title');
  if (words === undefined) return undefined;
  return { words, quoted: quotationOf(text.slice(from, to)) };
}

function quotationOf(reference: string): Quotation {
  const told = {
    id: element(reference, 'svrid'),
    // In a group the first names the room.
    userId: element(reference, 'chatusr') || element(reference, 'fromusr'),
    name: element(reference, 'displayname'),
    text: contentOf(element(reference, 'content')),
  };
  const known = Object.entries(told).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(known) as Quotation;
}

/** What the message said; of one that is XML itself, its title. */
function contentOf(content: string | undefined): string | undefined {
  if (content === undefined || !xml.test(content)) return content;
  return element(content, 'title');
}

/** The text of the first element of a name that has no attributes; `""` for an empty one. */
function element(source: string, name: string): string | undefined {
  const start = source.indexOf(`<${name}>`);
  if (start < 0) return source.includes(`<${name}/>`) ? '' : undefined;
  const from = start + name.length + 2;
  const raw = source.startsWith('<![CDATA[', from);
  const to = source.indexOf(raw ? `]]></${name}>` : `</${name}>`, from);
  if (to < 0) return undefined;
  return raw ? source.slice(from + 9, to) : unescape(source.slice(from, to));
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Nothing is expanded twice. */
function unescape(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gu,
    (whole, hex, digits, name) => {
      if (name !== undefined) return entities.get(String(name)) ?? whole;
      const value = hex === undefined ? Number(digits) : Number.parseInt(String(hex), 16);
      return value > 0 && value <= 0x10_ff_ff ? String.fromCodePoint(value) : whole;
    },
  );
}
