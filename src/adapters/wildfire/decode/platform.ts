import type { Conversation } from '../../../core/event.js';
import type { MessagePayload } from '../../../core/message-payload.js';
import type { ToldParts } from '../../../core/text/read-words.js';
import { isRecord } from '../schema/fields.js';
import type { PlatformOccurrence } from './event.js';

/** What a platform event is made of. */
export interface PlatformParts {
  readonly id: string;
  /** Without the prefix, e.g. `group.member`. */
  readonly name: string;
  /** `''`: nobody in particular. */
  readonly userId?: string;
  readonly conversation?: Conversation;
  /** The message it is about. */
  readonly payload?: MessagePayload;
  /** What that message says and quotes; absent when it quotes nothing. */
  readonly said?: ToldParts | undefined;
  /** For how long the message may be kept, in seconds. */
  readonly keepSeconds?: number;
  /** The fields as read; what is in lists and records is named with dots. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The body as it came. */
  readonly body: unknown;
}

/** An event that Wechaty has no word for. */
export function platformEvent(parts: PlatformParts): PlatformOccurrence {
  const { id, name, userId = '', conversation, payload, said, keepSeconds, fields, body } = parts;
  return {
    kind: 'platform',
    id,
    event: {
      name: `wildfire:${name}`,
      id,
      ...(userId !== '' && { userId }),
      ...(conversation && { conversation }),
      ...(payload && { payload }),
      ...(said && { said }),
      ...(keepSeconds !== undefined && { keepSeconds }),
      variables: Object.fromEntries(scalarsOf(fields, '', 0)),
      raw: JSON.stringify(withoutSecrets(body, 0)),
    },
  };
}

type Pair = readonly [string, string];

/** Scalar fields, two records deep; lists of scalars are joined by commas. Empty ones are left out. */
function scalarsOf(
  fields: Readonly<Record<string, unknown>>,
  prefix: string,
  depth: number,
): readonly Pair[] {
  return Object.entries(fields).flatMap(([key, value]): readonly Pair[] => {
    const name = prefix + key;
    if (isRecord(value)) return depth < 2 ? scalarsOf(value, `${name}.`, depth + 1) : [];
    const written = Array.isArray(value) ? joined(value) : scalar(value);
    return written === undefined || written === '' ? [] : [[name, written]];
  });
}

function joined(values: readonly unknown[]): string | undefined {
  const scalars = values.map(scalar);
  return scalars.includes(undefined) ? undefined : scalars.join(',');
}

function scalar(value: unknown): string | undefined {
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
  return isScalar ? String(value) : undefined;
}

/**
 * Names under which the server sends secrets: of a channel, of its callback's address, of a
 * conference.
 */
const secretKeys: ReadonlySet<string> = new Set(['secret', 'callback', 'password', 'pin', 'token']);
/** Deeper than anything the server sends; a body that is deeper could exhaust the stack. */
const maxDepth = 24;

function withoutSecrets(value: unknown, depth: number): unknown {
  if (depth > maxDepth) return null;
  if (Array.isArray(value)) return value.map((each: unknown) => withoutSecrets(each, depth + 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !secretKeys.has(key.toLowerCase()))
      .map(([key, inner]) => [key, withoutSecrets(inner, depth + 1)]),
  );
}
