import { createHash } from 'node:crypto';

/** One thing in a chat as a person sees it. */
export interface Bubble {
  /** How it came. */
  readonly via: 'stream' | 'text' | 'card' | 'response_url';
  readonly conversation: string;
  /** What was to be seen, each time it changed; the time in ms since 1970. */
  readonly seen: { readonly at: number; readonly content: string }[];
  isFinished: boolean;
  images: number;
  /** The card in it, or beside it. */
  card?: Readonly<Record<string, unknown>>;
}

/** What the bubble shows now. */
export function contentOf({ seen }: Bubble): string {
  return seen.at(-1)?.content ?? '';
}

/** What a stream may be; throws an Error that says what is wrong. */
export function checkStream(stream: StreamReply, wireBytes: number): void {
  const { id, finish, content = '', msg_item: items = [], feedback } = stream;
  if (typeof id !== 'string' || id === '') throw new Error('no stream.id');
  const bytes = Buffer.byteLength(content);
  if (bytes > 20_480) throw new Error(`a content of ${bytes} bytes`);
  if (/\p{Surrogate}|\uFFFD/u.test(content)) throw new Error('half a character');
  if (items.length > 10) throw new Error('too many images');
  if (items.length > 0 && finish !== true) throw new Error('images before the end');
  // Observed: the packet is refused, and polled for ever.
  if (wireBytes > 1_200_000) throw new Error(`a packet of ${wireBytes} bytes`);
  if (Buffer.byteLength(feedback?.id ?? '') > 256) throw new Error('a long feedback.id');
  if (finish === true && content.replace(/<think>[\s\S]*?<\/think>/gu, '').trim() === '') {
    throw new Error('a blank last frame');
  }
  if (finish === true && content.split('<think>').length !== content.split('</think>').length) {
    throw new Error('an open <think> at the end');
  }
  for (const { image } of items) {
    const data = Buffer.from(image.base64, 'base64');
    if (createHash('md5').update(data).digest('hex') !== image.md5) throw new Error('a wrong md5');
    const isPng = data.subarray(1, 4).toString('latin1') === 'PNG';
    if (!isPng && data[0] !== 0xff) throw new Error('neither JPG nor PNG');
  }
}

/** A stream as a reply holds it. */
export interface StreamReply {
  readonly id?: string;
  readonly finish?: boolean;
  readonly content?: string;
  readonly msg_item?: readonly {
    readonly image: { readonly base64: string; readonly md5: string };
  }[];
  readonly feedback?: { readonly id: string };
}
