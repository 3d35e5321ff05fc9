import { describe, expect, test } from 'vitest';
import { compileRules } from '../../../src/rules/compile-rules.js';
import { draw } from '../../../src/rules/draw.js';
import { sampleMessage } from '../../support/sample-event.js';
import { sampleRule } from '../../support/sample-rule.js';

describe('draw', () => {
  test('is the same for the same event and rule, and another for others', () => {
    expect(draw('event-1', '订阅')).toBe(draw('event-1', '订阅'));
    expect(draw('event-1', '订阅')).not.toBe(draw('event-2', '订阅'));
    expect(draw('event-1', '订阅')).not.toBe(draw('event-1', '退订'));
    expect(draw('ab', 'c')).not.toBe(draw('a', 'bc'));
  });

  test('spreads evenly from 0 to 1', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let index = 0; index < 10_000; index += 1) {
      const tenth = Math.floor(draw(`message-${index}`, 'rule') * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(Math.min(...tenths)).toBeGreaterThan(850);
    expect(Math.max(...tenths)).toBeLessThan(1150);
  });

  test('lets about that share of messages through', () => {
    const ruleSet = compileRules([sampleRule({ trigger: { probability: 0.25 } })]);
    const matched = Array.from({ length: 4000 }, (_, index) =>
      ruleSet.decide(sampleMessage({ id: `message-${index}`, text: 'hi' })),
    ).filter(({ matches }) => matches.length > 0);
    expect(matched.length).toBeGreaterThan(850);
    expect(matched.length).toBeLessThan(1150);
  });

  test.each([
    [0, 0],
    [1, 1000],
  ])('lets with probability %d through %d of 1000', (probability, expected) => {
    const ruleSet = compileRules([sampleRule({ trigger: { probability } })]);
    const events = Array.from({ length: 1000 }, (_, index) => sampleMessage({ id: `m${index}` }));
    const matched = events.filter((event) => ruleSet.decide(event).matches.length > 0);
    expect(matched).toHaveLength(expected);
  });
});
