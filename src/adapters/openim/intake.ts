import type { Clock } from '../../core/clock.js';
import { createDuplicates } from '../shared/duplicates.js';
import { createRepetitions } from '../shared/repetitions.js';
import type { Sharing } from '../shared/sharing.js';
import type { WebhookAnswer } from '../shared/webhook-answer.js';
import type { Emitted } from './emit-decoded.js';
import type { OpenIMDocument } from './schema/index.js';
import { subjectsOf } from './subjects.js';

/** What taking in needs. */
export interface IntakeParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly sharing: Sharing;
  /** The adapter's name. */
  readonly name: string;
}

/** Does the work of an event, which has an id that no other event has. */
type TakeIn = (event: Emitted) => Promise<WebhookAnswer | undefined>;

/** Tells what is new from what was told before. */
export interface Intake {
  /** Does `take` for an event that is new; for one that repeats another, gives what came of that. */
  once(
    document: OpenIMDocument,
    decoded: Emitted,
    take: TakeIn,
  ): Promise<WebhookAnswer | undefined>;
}

/**
 * A message has an id. All else is known by what it says, and the same may happen again at once: a
 * reconnecting client is online, offline and online in three calls of which the last is the first,
 * byte for byte.
 */
export function createIntake({ clock, sharing, name }: IntakeParts): Intake {
  const duplicates = createDuplicates<WebhookAnswer>({ shared: { sharing, name } });
  const repetitions = createRepetitions({ clock, sharing, name });
  return {
    once: async (document, decoded, take) => {
      if (hasOwnId(decoded)) return await duplicates.once(decoded.id, () => take(decoded));
      const telling = { subjects: subjectsOf(document), content: decoded.id };
      return await repetitions.take(telling, (id) =>
        duplicates.once(id, () => take(withId(decoded, id))),
      );
    },
  };
}

/** True when the id is made of that of a message. */
function hasOwnId(decoded: Emitted): boolean {
  if (decoded.kind === 'message' || decoded.kind === 'recall') return true;
  return decoded.kind === 'platform' && decoded.payload !== undefined;
}

function withId(decoded: Emitted, id: string): Emitted {
  if (decoded.kind !== 'friendship') return { ...decoded, id };
  return { ...decoded, id, payload: { ...decoded.payload, id } };
}
