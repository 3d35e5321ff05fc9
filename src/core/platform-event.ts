import type { Conversation } from './event.js';
import type { MessagePayload } from './message-payload.js';
import type { ToldParts } from './text/read-words.js';

/** Something that happened on a platform and for which Wechaty has no event. */
export interface PlatformEvent {
  /** The adapter's key and the platform's own name, e.g. `wecom:change_contact/create_party`. */
  readonly name: string;
  /** The platform's own id, else a hash of the content; equal ids are duplicates. */
  readonly id: string;
  /** The acting user; absent: the bot. */
  readonly userId?: string;
  /** Where a reply goes; absent: it belongs to no chat. */
  readonly conversation?: Conversation;
  /** The message it is about: for the rules it then counts as a message. */
  readonly payload?: MessagePayload;
  /** What that message says and quotes, where the platform tells these apart. */
  readonly said?: ToldParts;
  /** For how long what was said may be kept, in seconds. Absent: its sender sets no limit. */
  readonly keepSeconds?: number;
  /** Its scalar fields, by the platform's names. */
  readonly variables: Readonly<Record<string, string>>;
  /** The whole as JSON, without secrets. */
  readonly raw: string;
}

/** The name under which puppets of ours emit platform events. */
export const platformEventName = 'platform';

interface Emitter {
  on(name: string, listener: (event: PlatformEvent) => void): unknown;
  off(name: string, listener: (event: PlatformEvent) => void): unknown;
}

/**
 * Listens to the platform events of a puppet; a puppet that is not ours has none.
 *
 * @returns removes the listener
 */
export function onPlatformEvent(
  puppet: object,
  listener: (event: PlatformEvent) => void,
): () => void {
  const emitter = puppet as Emitter;
  emitter.on(platformEventName, listener);
  return () => emitter.off(platformEventName, listener);
}
