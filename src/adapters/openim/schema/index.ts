export type { CommandDefinition, Moment } from './definition.js';
export {
  type DocumentFor,
  type KnownDocument,
  type OpenImDocument,
  type OtherDocument,
  parseDocument,
} from './document.js';
export { isRecord, type JsonRecord, parseRecord } from './json-record.js';
export { findCommand, knownCommands } from './known-commands.js';
