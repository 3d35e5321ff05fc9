import { expect, test } from 'vitest';
import type { CallbackKind } from '../../../../src/adapters/wildfire/schema/callback-kinds.js';
import { createTask } from '../../../../src/delivery/create-task.js';
import { keepingOf } from '../../../../src/events/read-payload.js';
import { callbackRule } from '../../../support/callback-rule.js';
import { bodyText, messageBody } from '../../../support/fake-wildfire/bodies.js';
import { decodeContext, decodeText } from '../../../support/fake-wildfire/decode-context.js';
import { sampleMessage } from '../../../support/sample-event.js';

function keeping(kind: CallbackKind, expireDuration: number): unknown {
  const body = messageBody({ toRobotId: 'robot' });
  const payload = { ...(body as { payload: object }).payload, expireDuration };
  const decoded = decodeText(kind, bodyText({ ...body, payload }), decodeContext());
  const told = JSON.parse(JSON.stringify(decoded)) as {
    readonly payload?: { readonly keepSeconds?: number };
    readonly event?: { readonly keepSeconds?: number };
  };
  return (told.event ?? told.payload)?.keepSeconds;
}

test.each<CallbackKind>(['robot', 'message'])(
  'a message on %s that is burnt after reading says how long it lives',
  (kind) => {
    expect(keeping(kind, 30)).toBe(30);
    expect(keeping(kind, 0)).toBeUndefined();
  },
);

test('its task keeps the text for no longer', () => {
  const event = { ...sampleMessage({ at: 1_000_000 }), ...keepingOf({ keepSeconds: 30 }) };
  const match = { rule: callbackRule(), question: '', groups: {} };
  expect(createTask(event, match).textUntil).toBe(1_030_000);
  expect(createTask(sampleMessage(), match)).not.toHaveProperty('textUntil');
});
