import { describe, expect, test } from 'vitest';
import { WechatyBuilder } from 'wechaty';
import { buildRequest } from '../../../src/delivery/build-request.js';
import { createTask } from '../../../src/delivery/create-task.js';
import { createLookUps } from '../../../src/events/look-ups.js';
import { unreadPlatformEvent } from '../../../src/events/read-platform-event.js';
import { openRequest, shownRequest } from '../../../src/runtime/console/shown-call.js';
import { callbackRule } from '../../support/callback-rule.js';

const user = { userId: 'ming', displayName: '小明', mobile: '13800000000', type: 0 };

async function taskFor(callback: Parameters<typeof callbackRule>[0]) {
  const bot = WechatyBuilder.build();
  const { userId, displayName, mobile } = user;
  const variables = { userId, displayName, mobile, type: '0' };
  const told = {
    name: 'wildfire:user.info',
    id: '1',
    userId,
    variables,
    raw: JSON.stringify(user),
  };
  const event = await unreadPlatformEvent(bot, told, {
    botId: 'bot',
    at: 0,
    lookUps: createLookUps(bot),
  }).read(new Set());
  const rule = callbackRule(callback);
  const task = createTask(event, { rule, question: '', groups: {} });
  return { task, rule, event };
}

describe('what a platform event tells of a person', () => {
  test('is sent to nobody who does not list it', async () => {
    const { task, event } = await taskFor({ callback: { variables: { source: 'im' } } });
    const raw = '{"userId":"ming","displayName":"***","mobile":"***","type":0}';
    const variables = { userId: 'ming', type: '0', raw, source: 'im' };
    expect(task.request.variables).toEqual(variables);
    expect(JSON.stringify(event.variables)).not.toMatch(/138|小明/u);
  });

  test('is sent whole where it is listed', async () => {
    const { task } = await taskFor({ callback: { context: ['personal', 'rule'] } });
    const { userId, displayName, mobile } = user;
    const raw = JSON.stringify(user);
    const variables = { userId, displayName, mobile, type: '0', raw, rule: 'subscribe' };
    expect(task.request.variables).toEqual(variables);
  });

  test('is not shown with the call, neither in its body nor in its address', async () => {
    const url = 'http://127.0.0.1:4000/{{mobile}}/x';
    const { task, rule } = await taskFor({ callback: { url, context: ['personal'] } });
    const request = buildRequest(task, rule, 0);
    if (request === undefined) throw new Error('no request');
    expect(request.url.pathname).toBe('/13800000000/x');
    const shown = JSON.stringify(
      shownRequest(openRequest(task, rule, request), rule, (text) => text),
    );
    expect(shown).toContain('ming');
    expect(shown).not.toMatch(/138|小明/u);
  });
});
