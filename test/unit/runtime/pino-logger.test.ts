import { describe, expect, test } from 'vitest';
import { boundedLogger } from '../../../src/runtime/bounded-logger.js';
import { createPinoLogger, type PinoLike } from '../../../src/runtime/pino-logger.js';
import { notingPino } from '../../support/noting-pino.js';

const hello = { en: 'Hello %s 100%', zh: '你好 📰' };

function fail(): never {
  throw new Error('no disk');
}

describe('a logger like pino', () => {
  test('gets fields as they are but for half characters, and the sentence in one language', () => {
    const { logger, lines } = notingPino('debug');
    const english = createPinoLogger(logger, 'en');
    english.debug(hello);
    english.info(hello, { task: 'a b=c', ms: 5, isLate: false, rule: undefined, receiver: '' });
    createPinoLogger(logger, 'zh').warn(hello);
    english.error(hello, { rule: '订阅 \ud83d' });
    expect(lines).toEqual([
      { level: 20, msg: 'Hello %s 100%' },
      { level: 30, task: 'a b=c', ms: 5, isLate: false, msg: 'Hello %s 100%' },
      { level: 40, msg: '你好 📰' },
      { level: 50, rule: '订阅 \\ud83d', msg: 'Hello %s 100%' },
    ]);
  });

  test('decides by itself what it shows, within the bound of the configuration', () => {
    const { logger, lines } = notingPino('warn');
    const bounded = boundedLogger(createPinoLogger(logger, 'en'), () => 'error');
    createPinoLogger(logger, 'en').info(hello);
    bounded.warn(hello);
    bounded.error(hello);
    boundedLogger(createPinoLogger(logger, 'en'), () => 'silent').error(hello);
    expect(lines.map(({ level }) => level)).toEqual([50]);
  });

  test('that throws costs its line and nothing else', () => {
    const broken: PinoLike = { debug: fail, info: fail, warn: fail, error: fail };
    const logger = createPinoLogger(broken, 'en');
    for (const level of ['debug', 'info', 'warn', 'error'] as const) {
      expect(() => logger[level](hello)).not.toThrow();
    }
  });
});

test('control characters of people are written out, in the sentence and in its fields', () => {
  const lines: unknown[] = [];
  const write = (...line: unknown[]) => void lines.push(line);
  const target: PinoLike = { debug: write, info: write, warn: write, error: write };
  const text = 'Said \u202Eby\u0085.';
  createPinoLogger(target, 'en').info({ en: text, zh: text }, { user: 'a\u001B[2J', count: 1 });
  expect(lines).toEqual([[{ user: 'a\\u001b[2J', count: 1 }, 'Said \\u202eby\\u0085.']]);
});
