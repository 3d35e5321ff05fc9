import { expect, test } from 'vitest';
import type { Rule } from '../../../src/core/rule.js';
import { inspectPersonal } from '../../../src/runtime/inspect-personal.js';
import { type CallbackRuleParts, callbackRule } from '../../support/callback-rule.js';

const rule = (parts: CallbackRuleParts): Rule => callbackRule(parts);
const hearing = (on: string) => ({ trigger: { ...callbackRule({}).trigger, on: [on] } });

test.each<[string, readonly ('personal' | 'userName' | 'rule')[], number]>([
  ['http://example.com/', ['personal'], 1],
  ['http://8.8.8.8:4000/x', ['personal'], 1],
  ['http://example.com/', ['userName'], 1],
  ['http://example.com/', ['rule'], 0],
  ['https://example.com/', ['personal'], 0],
  ['http://127.0.0.1:4000/', ['personal'], 0],
  ['http://10.0.0.7/', ['personal'], 0],
  ['http://[::1]/', ['personal'], 0],
  ['http://receiver:4000/', ['personal'], 0],
  ['http://crm.internal/', ['personal'], 0],
])('personal data to %s (context %j): %i warnings', (url, context, count) => {
  const { warnings } = inspectPersonal([rule({ callback: { url, context } })]);
  const path = ['rules', 0, 'callback', 'url'];
  expect(warnings.map((warning) => warning.path)).toEqual(count > 0 ? [path] : []);
});

test('the address that is used meanwhile is looked at, too; rules that are off are not', () => {
  const callback = {
    url: 'https://a.example.com/',
    fallbackUrl: 'http://b.example.com/',
    context: ['personal' as const],
  };
  expect(inspectPersonal([rule({ callback })]).warnings).toMatchObject([
    { path: ['rules', 0, 'callback', 'fallbackUrl'] },
  ]);
  expect(inspectPersonal([{ ...rule({ callback }), enabled: false }]).warnings).toEqual([]);
});

test('what is not sent is told, and what an address would lack', () => {
  const silent = rule({
    ...hearing('wildfire:user.info'),
    callback: { url: 'http://127.0.0.1/{{mobile}}' },
  });
  const found = inspectPersonal([silent]);
  expect(found.notes[0]).toMatchObject({ path: ['rules', 0, 'callback', 'context'] });
  expect(found.notes[0]?.text.en).toContain('mobile, email, address');
  expect(found.warnings[0]?.text.en).toBe(
    '{{mobile}} is personal and stays empty; add personal to callback.context',
  );
  const asked = { url: 'http://127.0.0.1/{{mobile}}', context: ['personal' as const] };
  const nothing = { warnings: [], notes: [] };
  expect(inspectPersonal([rule({ ...hearing('wildfire:user.info'), callback: asked })])).toEqual(
    nothing,
  );
  expect(inspectPersonal([rule({})])).toEqual(nothing);
});
