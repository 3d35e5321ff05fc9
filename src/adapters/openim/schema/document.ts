import type { z } from 'zod';
import type { CommandDefinition, Moment } from './definition.js';
import type { JsonRecord } from './json-record.js';
import { findCommand, type KnownCommandDefinition } from './known-commands.js';

/** What all documents have. */
interface DocumentHeader {
  readonly moment: Moment;
  /** The whole document as it came, unknown fields included. */
  readonly raw: JsonRecord;
}

type DocumentOf<Definition> =
  Definition extends CommandDefinition<infer Command, infer Fields>
    ? DocumentHeader & { readonly command: Command } & Readonly<z.output<z.ZodObject<Fields>>>
    : never;

/** What a server tells or asks, by `command`. */
export type KnownDocument = DocumentOf<KnownCommandDefinition>;

/** A command that this version does not know. */
export interface OtherDocument extends DocumentHeader {
  readonly command: 'other';
  /** Its own name, `""` when it has none. */
  readonly originalCommand: string;
}

/** One callback. Narrow it by `command`. */
export type OpenIMDocument = KnownDocument | OtherDocument;

/** The document of one command. */
export type DocumentFor<Command extends KnownDocument['command']> = Extract<
  KnownDocument,
  { readonly command: Command }
>;

/**
 * Gives a record its type: one look-up, one schema. Never throws; old names become those of today.
 *
 * @param name of the command, as `commandOf` found it
 */
export function parseDocument(name: string, raw: JsonRecord): OpenIMDocument {
  const definition = findCommand(name);
  if (definition === undefined) {
    const moment = /^callbackBefore/iu.test(name) ? 'before' : 'after';
    return { command: 'other', originalCommand: name, moment, raw };
  }
  const { command, moment, spellings, schema } = definition;
  const fields = schema.parse(respelled(raw, spellings));
  return { ...fields, command, moment, raw } as unknown as KnownDocument;
}

function respelled(raw: JsonRecord, spellings: Readonly<Record<string, string>>): JsonRecord {
  const missing = Object.entries(spellings).filter(([right]) => raw[right] === undefined);
  if (missing.length === 0) return raw;
  return { ...raw, ...Object.fromEntries(missing.map(([right, other]) => [right, raw[other]])) };
}
