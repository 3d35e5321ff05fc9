export {
  type DocumentFor,
  type KnownDocument,
  type OpenImDocument,
  parseDocument,
} from './document.js';
export { isRecord, type JsonRecord, parseRecord } from './json-record.js';
export { findCommand, knownCommands } from './known-commands.js';
