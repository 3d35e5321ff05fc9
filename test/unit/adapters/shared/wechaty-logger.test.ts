import { expect, test, vi } from 'vitest';
import { log } from 'wechaty-puppet';
import { createWechatyLogger } from '../../../../src/adapters/shared/wechaty-logger.js';

test('control characters of people are written out, in the sentence and in its fields', () => {
  const written = vi.spyOn(log, 'warn').mockImplementation(() => {});
  const text = 'No answer to \u001B[2J\u202EAlice.\nTwo lines.';
  createWechatyLogger('en').warn(
    { en: text, zh: text },
    { user: '\u202Egpj', rule: 'a\u009B b', count: 1 },
  );
  expect(written.mock.lastCall?.at(-1)).toBe(
    'No answer to \\u001b[2J\\u202eAlice.\nTwo lines. user=\\u202egpj rule="a\\u009b b" count=1',
  );
  written.mockRestore();
});
