import { expect, test } from 'vitest';
import { buildRequest } from '../../../src/delivery/build-request.js';
import { urlFault } from '../../../src/delivery/url-fault.js';
import { callbackRule } from '../../support/callback-rule.js';
import { sampleTask } from '../../support/sample-task.js';

test.each([
  ['http://h/{{city}}/x', {}, 'url-empty: city'],
  ['http://h/{{ city }}', { city: '' }, 'url-empty: city'],
  ['http://h/{{a}}{{b}}/{{c}}/x', { c: '1' }, 'url-empty: a, b'],
  ['http://h/{{a}}/{{c}}?x=1', {}, 'url-empty: a, c'],
  ['http://{{host}}/', {}, 'url-invalid'],
])('%s with %o is not called: %s', (url, variables, fault) => {
  expect(urlFault(url, variables)).toBe(fault);
  const task = sampleTask();
  const request = { ...task.request, variables };
  expect(
    buildRequest({ ...task, request }, callbackRule({ callback: { url } }), 0),
  ).toBeUndefined();
});

test.each([
  ['http://h/a//b/', {}],
  ['http://h', {}],
  ['http://h/{{city}}', { city: ' ' }],
  ['http://h/x-{{city}}', {}],
  ['http://h/{{a}}{{b}}', { b: '1' }],
  ['http://h/x?city={{city}}', {}],
])('%s with %o is called', (url, variables) => {
  expect(urlFault(url, variables)).toBeUndefined();
});
