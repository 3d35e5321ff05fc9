import { expect, test } from 'vitest';
import type { TaskRecord } from '../../../../src/core/task.js';
import { createTask } from '../../../../src/delivery/create-task.js';
import { withoutText } from '../../../../src/server/control/without-text.js';
import { callbackRule } from '../../../support/callback-rule.js';
import { sampleMessage } from '../../../support/sample-event.js';

test('a record without text keeps who and what was quoted, and not a word of it', () => {
  const quoted = { id: 'message-0', userId: 'wang', name: '老王', text: '昨天 订阅' };
  const rule = callbackRule({ callback: { include: ['quoted'] } });
  const event = sampleMessage({ text: '好的', quoted });
  const record: TaskRecord = {
    task: createTask(event, { rule, question: '好的', groups: {} }),
    state: 'waiting',
    dueAt: 0,
    attempts: [],
    said: 0,
  };
  const { request } = withoutText(record).task;
  expect(request.message).toEqual({ quoted: { id: 'message-0', userId: 'wang' } });
  expect(JSON.stringify(request)).not.toMatch(/好的|订阅|老王/u);
});
