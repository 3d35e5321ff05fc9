import { z } from 'zod';
import type { Bilingual } from '../../../core/language.js';

/**
 * When a command is called: `before` holds up what a user does until it is answered, and may refuse
 * it; `after` tells what has happened, and its answer is thrown away.
 */
export type Moment = 'before' | 'after';

/** One `callbackCommand` of OpenIM's. */
export interface CommandDefinition<
  Command extends string = string,
  Fields extends z.ZodRawShape = z.ZodRawShape,
> {
  readonly command: Command;
  readonly moment: Moment;
  /** Its key in `config/webhooks.yml`. */
  readonly setting: string;
  readonly text: Bilingual;
  /** What servers of old call it. */
  readonly oldNames: readonly string[];
  /** Servers that call it: all of v3, only those after v3.8.3, or none although it is defined. */
  readonly servers: 'all' | 'main' | 'none';
  /** Other spellings of fields, by those of the schema. */
  readonly spellings: Readonly<Record<string, string>>;
  readonly schema: z.ZodObject<Fields>;
}

interface CommandOptions {
  readonly oldNames?: readonly string[];
  readonly servers?: CommandDefinition['servers'];
  readonly spellings?: Readonly<Record<string, string>>;
}

/** A command and its setting: `callbackBefore…Command` comes before, all others after. */
export function defineCommand<const Command extends string, Fields extends z.ZodRawShape>(
  command: Command,
  setting: string,
  text: Bilingual,
  described: CommandOptions & { readonly fields: Fields },
): CommandDefinition<Command, Fields> {
  const { fields, oldNames = [], servers = 'all', spellings = {} } = described;
  const moment = setting.startsWith('before') ? 'before' : 'after';
  return { command, moment, setting, text, oldNames, servers, spellings, schema: z.object(fields) };
}
