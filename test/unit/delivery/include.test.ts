import { describe, expect, test } from 'vitest';
import type { Match } from '../../../src/core/decision.js';
import type { Quotation } from '../../../src/core/event.js';
import type { IncludeName } from '../../../src/core/rule.js';
import { createTask } from '../../../src/delivery/create-task.js';
import { runEventTaskSchema } from '../../../src/protocol/task.js';
import { callbackRule } from '../../support/callback-rule.js';
import { sampleMessage, sampleNotice } from '../../support/sample-event.js';

const quoted: Quotation = { id: 'message-0', userId: 'wang', name: '老王', text: '昨天 订阅' };

function match(include: readonly IncludeName[]): Match {
  return { rule: callbackRule({ callback: { include } }), question: '好的', groups: {} };
}

function requestOf(include: readonly IncludeName[], quotation: Quotation | undefined = quoted) {
  const event = sampleMessage({ text: '好的', ...(quotation && { quoted: quotation }) });
  return createTask(event, match(include)).request;
}

describe('callback.include: [quoted]', () => {
  test('sends what is quoted beside the payload, by the fields of the protocol', () => {
    const request = requestOf(['quoted']);
    expect(request.message).toEqual({
      quoted: { id: 'message-0', userId: 'wang', text: '昨天 订阅' },
    });
    expect(runEventTaskSchema.parse(request)).toEqual(request);
  });

  test('leaves out what is not known', () => {
    expect(requestOf(['quoted'], { text: '昨天' }).message).toEqual({ quoted: { text: '昨天' } });
    expect(requestOf(['quoted'], { id: 'message-0' }).message).toEqual({
      quoted: { id: 'message-0' },
    });
  });

  test('sends no field where nothing is quoted', () => {
    const event = sampleMessage({ text: '好的' });
    const { request } = createTask(event, match(['quoted']));
    expect(JSON.stringify(request)).toBe(JSON.stringify(createTask(event, match([])).request));
    expect(createTask(sampleNotice(), match(['quoted'])).request).not.toHaveProperty('message');
  });
});

test('without include the request is what it was, byte for byte', () => {
  expect(JSON.stringify(requestOf([]))).toBe(
    '{"question":"好的","userId":"alice","isSelf":false,"payload":{"type":7,"id":"message-1",' +
      '"text":"好的","talkerId":"alice","roomId":"","timestamp":1764572000}}',
  );
});
