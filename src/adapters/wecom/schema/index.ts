export {
  type EventDocument,
  type InfoDocument,
  type MessageDocument,
  parseDocument,
  type WeComDocument,
} from './document.js';
export { findEvent, knownEvents } from './known-events.js';
