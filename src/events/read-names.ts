import type { WechatyInterface } from 'wechaty/impls';
import { evenIfAwaited } from '../core/acceptance.js';
import type { Person } from '../core/event.js';
import { askPlatform } from './ask-platform.js';

/**
 * The person with a name. A puppet may know nobody but by id when the first message comes; rules
 * that look at names wait for the answer, others do not. Does not reject.
 */
export async function named(bot: WechatyInterface, person: Person): Promise<Person> {
  if (person.name !== '') return person;
  const { id } = person;
  const found = await askPlatform(
    () => evenIfAwaited(() => bot.puppet.contactPayload(id)),
    undefined,
  );
  if (found === undefined) return person;
  return { ...person, name: found.name, alias: found.alias ?? person.alias };
}

/** The topic of a room, likewise: asked for when it is not known. Does not reject. */
export async function namedTopic(
  bot: WechatyInterface,
  roomId: string,
  topic: string,
): Promise<string> {
  if (topic !== '') return topic;
  const found = await askPlatform(
    () => evenIfAwaited(() => bot.puppet.roomPayload(roomId)),
    undefined,
  );
  return found?.topic ?? '';
}
