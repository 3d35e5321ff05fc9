import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BotEvent, EventMessage } from '../../../src/core/event.js';
import type { TaskRecord } from '../../../src/core/task.js';
import { contentFile, journalsFolder } from './folder.js';

/** What has to come of a task after an upgrade. */
export type Next =
  /** The receiver is called, with the id of the task. */
  | 'called'
  /** The receiver has answered: what is left of the answer is said, and nobody is called. */
  | 'said'
  /** Nothing happens: it is settled, not due, behind one that is not due, or its bot is away. */
  | 'stays';

/** A task as the version that wrote the journal knew it. */
export interface KeptTask {
  readonly next: Next;
  readonly record: TaskRecord;
}

/** An event as a bot heard it, and the tasks it set off: none where it was silenced. */
export interface HeardOnce {
  readonly event: BotEvent;
  readonly tasks: readonly string[];
}

/** A text that grows on the screens of a platform. */
export interface KeptText {
  readonly eventId: string;
  readonly task: string;
  readonly conversationId: string;
  readonly text: string;
}

/** What the files of adapters and the console hold. */
export interface KeptFiles {
  /** In `wecomBot.streams`. */
  readonly wecomBot: KeptText & {
    /** The task of a card that was sent. */
    readonly card: string;
    /** The event whose answer is complete: a text, an image and that card. */
    readonly complete: string;
  };
  /** In `wildfire.streams`; `streamId` is what clients know the text by. */
  readonly wildfire: KeptText & { readonly streamId: string };
  /** What `console.json` holds a hash of. */
  readonly password: string;
}

/** What instances share in PostgreSQL. */
export interface KeptShared {
  /** The instance that wrote the journal, and is gone. */
  readonly instance: string;
  readonly answer: KeptText & { readonly id: string; readonly card: string };
  /** A delivery that was kept, and what came of it. */
  readonly delivery: { readonly id: string; readonly result: string };
  /** Of a browser that is logged in to the console. */
  readonly session: string;
  /** An address that guessed passwords, and has to wait. */
  readonly guesser: string;
  readonly token: { readonly app: string; readonly value: string };
  /** A record whose time is over. */
  readonly ended: string;
}

/** What a folder of journals holds. The same tasks stand in all journals of the folder. */
export interface Content {
  /** Of this package. */
  readonly version: string;
  /** When the journals were left, in ms since 1970. */
  readonly leftAt: number;
  readonly heard: readonly HeardOnce[];
  /** In the order of their arrival. */
  readonly tasks: readonly KeptTask[];
  /** Events that are new, and that a cooldown or a limit silences for some minutes yet. */
  readonly silenced: readonly { readonly by: 'cooldown' | 'limit'; readonly event: BotEvent }[];
  readonly files: KeptFiles;
  readonly shared: KeptShared;
}

/** What the folder of a version holds. */
export function readContent(version: string): Content {
  const file = join(journalsFolder, version, contentFile);
  const content = JSON.parse(readFileSync(file, 'utf8'), withWords) as Content;
  return { ...content, tasks: content.tasks.map(withRefused) };
}

/** Tasks that were refused before that was a state of its own: migrations bring them there. */
function withRefused(kept: KeptTask): KeptTask {
  const { state, reason } = kept.record;
  if (state !== 'dead' || reason !== 'refused') return kept;
  return { ...kept, record: { ...kept.record, state: 'refused' } };
}

/** Events that were written before messages had words. */
function withWords(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!('payload' in value && 'mention' in value) || 'words' in value) return value;
  return { ...value, words: (value as EventMessage).payload.text ?? '' };
}
