import type { JavaValue } from './gson.js';

/** A message as members of its conversation see it. */
export interface SeenMessage {
  readonly uid: bigint;
  readonly sender: string;
  readonly conv: { readonly type: number; readonly target: string; readonly line: number };
  readonly payload: FakePayload;
  readonly toUsers: readonly string[];
}

/** All thirteen fields. */
export type FakePayload = Readonly<Record<PayloadField, string | number | readonly string[]>>;

const payloadDefaults = {
  type: 0,
  searchableContent: '',
  pushContent: '',
  pushData: '',
  content: '',
  base64edData: '',
  mediaType: 0,
  remoteMediaUrl: '',
  persistFlag: 0,
  expireDuration: 0,
  mentionedType: 0,
  mentionedTarget: [] as readonly string[],
  extra: '',
};

type PayloadField = keyof typeof payloadDefaults;

/** Fills in what is absent, as the server does; refuses fields that it does not know. */
export function payloadOf(given: Readonly<Record<string, unknown>>): FakePayload {
  for (const [key, value] of Object.entries(given)) {
    const wanted: unknown = payloadDefaults[key as PayloadField];
    if (wanted === undefined || typeof value !== typeof wanted) {
      throw new Error(`payload.${key} is wrong`);
    }
  }
  return { ...payloadDefaults, ...given };
}

/** A payload on the wire: base64edData is left out when it is empty. */
export function wirePayload(payload: FakePayload): JavaValue {
  const { base64edData, ...rest } = payload;
  const data = base64edData === '' ? undefined : base64edData;
  return { ...rest, base64edData: data };
}

/** A group of the fake server. */
export interface FakeGroup {
  readonly name: string;
  readonly owner: string;
  readonly members: readonly string[];
  /** Default: none. */
  readonly managers?: readonly string[];
}

/** What there is on a fake server. */
export class World {
  readonly robots = new Map<string, { readonly secret: string; callback?: string }>();
  readonly channels = new Map<string, { readonly secret: string; callback?: string }>();
  readonly users = new Map<string, { readonly displayName: string }>();
  readonly groups = new Map<string, FakeGroup>();
  /** `user/other`: the other is a friend of the user. */
  readonly friends = new Set<string>();
  readonly messages = new Map<bigint, SeenMessage>();
  readonly recalled: bigint[] = [];
  adminSecret = '123456';
  #sequence = 0n;

  /** Milliseconds since 2018, node and sequence in 63 bits. */
  nextUid(): bigint {
    this.#sequence += 1n;
    return ((BigInt(Date.now()) - 1_514_736_000_000n) << 21n) | (1n << 15n) | this.#sequence;
  }

  /** What was said in order, e.g. to look at it as a member would. */
  said(): readonly SeenMessage[] {
    return [...this.messages.values()];
  }

  /** Refuses a growing text (流式消息) that clients would show wrongly. */
  checkStream({ type, content, persistFlag, searchableContent }: FakePayload): void {
    if (type !== 14 && type !== 15) return;
    if (content === '') throw new Error('a stream without id');
    if (persistFlag !== (type === 14 ? 4 : 3)) throw new Error('a stream that is stored wrongly');
    const last = this.said().findLast(({ payload }) => payload.content === content)?.payload;
    if (type === 14 && last) checkGrowth(last, String(searchableContent));
  }

  /**
   * What is on the screens of a conversation: of a text that grows (types 14 and 15, known by its
   * stream id) the newest, in the place of the first.
   */
  screen(target: string): readonly Shown[] {
    const shown = new Map<string, Shown>();
    for (const { uid, conv, payload } of this.messages.values()) {
      if (conv.target !== target) continue;
      const isStream = payload.type === 14 || payload.type === 15;
      const key = isStream ? `stream/${String(payload.content)}` : String(uid);
      shown.set(key, { text: String(payload.searchableContent), isOpen: payload.type === 14 });
    }
    return [...shown.values()];
  }
}

/** A message as a client shows it. */
export interface Shown {
  readonly text: string;
  /** It grows still, as far as the client knows. */
  readonly isOpen: boolean;
}

function checkGrowth(last: FakePayload, text: string): void {
  if (last.type === 15) throw new Error('a stream that was ended');
  if (text.length <= String(last.searchableContent).length)
    throw new Error('a stream that shrinks');
}
