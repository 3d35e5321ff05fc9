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
  const { content = '', msg_item: items = [] } = stream;
  const fault = faultsOf(stream, wireBytes).find(([isWrong]) => isWrong);
  if (fault !== undefined) throw new Error(`${fault[1]} (${Buffer.byteLength(content)} bytes)`);
  for (const { image } of items) checkImage(image);
}

function faultsOf(stream: StreamReply, wireBytes: number): readonly (readonly [boolean, string])[] {
  const { id, finish = false, content = '', msg_item: items = [], feedback } = stream;
  const isBlank = content.replace(/<think>[\s\S]*?<\/think>/gu, '').trim() === '';
  const isOpen = content.split('<think>').length !== content.split('</think>').length;
  return [
    [typeof id !== 'string' || id === '', 'no stream.id'],
    [Buffer.byteLength(content) > 20_480, 'a content that is too long'],
    [/\p{Surrogate}|\uFFFD/u.test(content), 'half a character'],
    [items.length > 10, 'too many images'],
    [items.length > 0 && !finish, 'images before the end'],
    // Observed: the packet is refused, and polled for ever.
    [wireBytes > 1_200_000, 'a packet that is too large'],
    [Buffer.byteLength(feedback?.id ?? '') > 256, 'a long feedback.id'],
    [finish && isBlank, 'a blank last frame'],
    [finish && isOpen, 'an open <think> at the end'],
  ];
}

function checkImage({ base64, md5 }: { readonly base64: string; readonly md5: string }): void {
  const data = Buffer.from(base64, 'base64');
  if (createHash('md5').update(data).digest('hex') !== md5) throw new Error('a wrong md5');
  const isPng = data.subarray(1, 4).toString('latin1') === 'PNG';
  if (!isPng && data[0] !== 0xff) throw new Error('neither JPG nor PNG');
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
