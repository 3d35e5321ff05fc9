/** What the events of Wechaty add to the `variables` of a task, by the event's name. */
const named: ReadonlyMap<string, readonly string[]> = new Map([
  ['message', []],
  ['room-join', ['inviterId']],
  ['room-leave', ['removerId']],
  ['room-topic', ['topic', 'oldTopic']],
  ['room-invite', ['topic']],
  ['friendship', ['hello', 'friendshipType']],
  ['login', []],
  ['logout', ['reason']],
  ['error', ['error']],
]);

/**
 * The names that an event may add to the `variables` of a task; `undefined` for the events of a
 * platform, whose fields are the platform's own and may have any name.
 */
export function eventVariables(event: string): readonly string[] | undefined {
  return named.get(event);
}
