import { expect, test } from 'vitest';
import { systemLanguage } from '../../../src/config/language.js';

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'en', 'zh'],
  [{ LANG: 'en_US.UTF-8' }, 'zh-CN', 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US' }, 'en', 'en'],
  [{ LANG: 'en_US', LC_MESSAGES: 'en_US', LC_ALL: 'zh_TW' }, 'en', 'zh'],
  [{ LANG: 'zh_CN', LC_ALL: '' }, 'en', 'zh'],
  [{ LANG: 'C' }, 'zh-CN', 'en'],
  [{}, 'zh-CN', 'zh'],
  [{}, 'fr-FR', 'en'],
] as const)('with %j on a desktop in %s it is %s', (env, desktop, wanted) => {
  expect(systemLanguage(env, desktop)).toBe(wanted);
});
