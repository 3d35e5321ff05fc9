/**
 * For people who write receivers: the protocol's types, schemas and the signature check.
 *
 * @module wechaty-callback/receiver
 */
export type { AlertDetails } from '../core/alert.js';
export { CallbackError, isCallbackError } from '../core/errors.js';
export { MessageType, type MessageTypeName } from '../core/message-type.js';
export type {
  CardReply,
  ContactReply,
  FileReply,
  LinkReply,
  LocationReply,
  MiniProgramReply,
  Reply,
  TextReply,
} from '../core/reply.js';
export { type AlertBody, alertBodySchema } from './alert.js';
export {
  type RunEventTaskResponse,
  repliesSchema,
  replySchema,
  runEventTaskResponseSchema,
} from './response.js';
export { headerNames, type TaskHeaders, verifyTask } from './signature.js';
export {
  type CallbackMesssagePayload,
  callbackMesssagePayloadSchema,
  type RunEventTask,
  type RunEventTaskMessage,
  type RunEventTaskProps,
  runEventTaskMessageSchema,
  runEventTaskSchema,
} from './task.js';
