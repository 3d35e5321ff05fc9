import { conversationCommands } from './conversation-commands.js';
import type { CommandDefinition } from './definition.js';
import { groupCommands } from './group-commands.js';
import { groupMemberCommands } from './group-member-commands.js';
import { messageCommands } from './message-commands.js';
import { presenceCommands } from './presence-commands.js';
import { pushCommands } from './push-commands.js';
import { relationCommands } from './relation-commands.js';
import { userCommands } from './user-commands.js';

const definitions = [
  ...messageCommands,
  ...presenceCommands,
  ...pushCommands,
  ...userCommands,
  ...relationCommands,
  ...groupCommands,
  ...groupMemberCommands,
  ...conversationCommands,
] as const;

/** Every command that this version knows, as a type. */
export type KnownCommandDefinition = (typeof definitions)[number];

/**
 * The table of all commands of OpenIM v3: 47 of the releases up to v3.8.3-patch.16, 52 with those
 * of later servers.
 */
export const knownCommands: readonly CommandDefinition[] = definitions;

const byName = new Map(
  knownCommands.flatMap((definition) =>
    [definition.command, ...definition.oldNames].map((name) => [name, definition] as const),
  ),
);

/** The definition of a command by its name of today or of old. */
export function findCommand(name: string): CommandDefinition | undefined {
  return byName.get(name);
}
