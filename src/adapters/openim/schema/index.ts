export {
  type DocumentFor,
  type KnownDocument,
  type OpenIMDocument,
  parseDocument,
} from './document.js';
export { isRecord, type JsonRecord, parseRecord } from './json-record.js';
export { findCommand, knownCommands } from './known-commands.js';
