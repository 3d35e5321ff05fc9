import { z } from 'zod';
import type { MessagePayload } from '../core/message-payload.js';
import type { TaskMessage, TaskRequest } from '../core/task.js';

/** A message as receivers get it. The spelling of the name is the protocol's own. */
export type CallbackMesssagePayload = MessagePayload;

/** The body of the POST to a callback URL. */
export type RunEventTaskProps = TaskRequest;

/** Another name for `RunEventTaskProps`. */
export type RunEventTask = RunEventTaskProps;

/** Checks a message payload. Fields that this version does not know are kept out. */
export const callbackMesssagePayloadSchema = z.object({
  type: z.int().nonnegative(),
  id: z.string(),
  filename: z.string().exactOptional(),
  text: z.string().exactOptional(),
  talkerId: z.string(),
  listenerId: z.string().exactOptional(),
  roomId: z.string(),
  mentionIdList: z.array(z.string()).exactOptional(),
  timestamp: z.number(),
}) satisfies z.ZodType<CallbackMesssagePayload>;

/** What `callback.include` adds about the message. */
export type RunEventTaskMessage = TaskMessage;

/** Checks the `message` of a task. Fields that this version does not know are kept out. */
export const runEventTaskMessageSchema = z.object({
  quoted: z
    .object({
      id: z.string().exactOptional(),
      userId: z.string().exactOptional(),
      text: z.string().exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<RunEventTaskMessage>;

/** Checks the body of a task. */
export const runEventTaskSchema = z.object({
  question: z.string(),
  userId: z.string(),
  isSelf: z.boolean(),
  variables: z.record(z.string(), z.string()).exactOptional(),
  payload: callbackMesssagePayloadSchema.exactOptional(),
  message: runEventTaskMessageSchema.exactOptional(),
}) satisfies z.ZodType<RunEventTaskProps>;
