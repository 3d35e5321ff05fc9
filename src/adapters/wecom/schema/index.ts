export type { EventDefinition, PassiveReplyKind } from './definition.js';
export {
  type DocumentHeader,
  type EventDocument,
  type InfoDocument,
  type MessageDocument,
  type OtherDocument,
  parseDocument,
  type WeComDocument,
} from './document.js';
export { findEvent, knownEvents } from './known-events.js';
