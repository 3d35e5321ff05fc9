import type { WechatyInterface } from 'wechaty/impls';
import type { Clock } from '../core/clock.js';
import type { Conversation } from '../core/event.js';
import { cleanText } from '../core/text/clean-text.js';

/** How long a reply waits for a name, in ms. */
const patienceMs = 5000;

/** Somebody whose name is known. */
interface KnownPerson {
  /** What the room calls the person, else the person's own name; one line, never empty. */
  readonly name: string;
  /** Wechaty can @-mention the person in the room without asking the platform once more. */
  readonly mentionable: boolean;
}

/** Finds out names. A name that cannot be had, or not soon, is `undefined`: never a failure. */
export type LookUpPerson = (
  userId: string,
  conversation: Conversation,
) => Promise<KnownPerson | undefined>;

/** What was promised, or `undefined` when that fails or takes too long. */
async function soon<T>(clock: Clock, promised: Promise<T>): Promise<T | undefined> {
  const enough = new AbortController();
  const tooLong = clock.sleep(patienceMs, enough.signal).then(() => undefined);
  try {
    return await Promise.race([promised, tooLong]);
  } catch {
    return undefined;
  } finally {
    enough.abort();
  }
}

/**
 * Looks people up in the bot's puppet, which remembers them. Not through `Contact.find`, which
 * would report a failed look-up as an error of the bot.
 */
export function createLookUpPerson(bot: WechatyInterface, clock: Clock): LookUpPerson {
  return async (userId, { kind, id }) => {
    const [contact, member] = await Promise.all([
      soon(clock, bot.puppet.contactPayload(userId)),
      kind === 'room' ? soon(clock, bot.puppet.roomMemberPayload(id, userId)) : undefined,
    ]);
    const name = cleanText(member?.roomAlias || contact?.name || member?.name || '')
      .replace(/\s+/gu, ' ')
      .trim();
    if (name === '') return undefined;
    return { name, mentionable: contact !== undefined && member !== undefined };
  };
}
