import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import {
  type AlertBody,
  type alertBodySchema,
  type CallbackMesssagePayload,
  MessageType,
  type RunEventTask,
  type RunEventTaskProps,
  type RunEventTaskResponse,
  type runEventTaskSchema,
} from '../../src/protocol/index.js';

test('the schema reads what the type promises', () => {
  expectTypeOf<z.output<typeof runEventTaskSchema>>().toExtend<RunEventTaskProps>();
  expectTypeOf<RunEventTask>().toEqualTypeOf<RunEventTaskProps>();
});

test('the schema of an alert reads what the type promises', () => {
  expectTypeOf<z.output<typeof alertBodySchema>>().toExtend<AlertBody>();
});

test('the payload has the fields of the protocol page', () => {
  expectTypeOf<CallbackMesssagePayload['roomId']>().toEqualTypeOf<string>();
  expectTypeOf<CallbackMesssagePayload['mentionIdList']>().toEqualTypeOf<
    readonly string[] | undefined
  >();
  expectTypeOf<RunEventTaskResponse['message']>().toEqualTypeOf<string>();
});

test('kinds of messages are numbers, also unknown ones', () => {
  expectTypeOf<number>().toExtend<MessageType>();
  expectTypeOf(MessageType.System).toEqualTypeOf<18>();
});
