import { describe, expect, test } from 'vitest';
import type { Schedule, Weekday } from '../../../../src/core/rule.js';
import { compileRules } from '../../../../src/rules/compile-rules.js';
import { sampleMessage } from '../../../support/sample-event.js';
import { sampleRule } from '../../../support/sample-rule.js';

const workdays: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const office: Schedule = {
  timezone: 'Asia/Shanghai',
  windows: [{ days: workdays, from: 9 * 60, to: 18 * 60 }],
};
const night: Schedule = {
  timezone: 'Asia/Shanghai',
  windows: [{ days: ['fri'], from: 22 * 60, to: 6 * 60 }],
};
const wholeDay: Schedule = {
  timezone: 'America/New_York',
  windows: [{ days: ['sun'], from: 0, to: 0 }],
};

function awake(schedule: Schedule, time: string): boolean {
  const ruleSet = compileRules([sampleRule({ trigger: { schedule } })]);
  return ruleSet.decide(sampleMessage({ text: 'hi', at: Date.parse(time) })).matches.length === 1;
}

describe('trigger.schedule', () => {
  test.each<[string, Schedule, string, boolean]>([
    ['in the first minute of a window', office, '2025-12-01T09:00:00+08:00', true],
    ['before a window', office, '2025-12-01T08:59:59+08:00', false],
    ['in the last minute of a window', office, '2025-12-05T17:59:59+08:00', true],
    ['when a window has closed', office, '2025-12-05T18:00:00+08:00', false],
    ['on another day', office, '2025-12-06T12:00:00+08:00', false],
    ['on the evening before midnight', night, '2025-12-05T23:00:00+08:00', true],
    ['on the morning after midnight', night, '2025-12-06T05:59:00+08:00', true],
    ['when the night is over', night, '2025-12-06T06:00:00+08:00', false],
    ['on the morning of the day it begins', night, '2025-12-05T05:00:00+08:00', false],
    ['on the next evening', night, '2025-12-06T23:00:00+08:00', false],
    ['at the start of a whole day elsewhere', wholeDay, '2025-12-07T00:00:00-05:00', true],
    ['at the end of a whole day elsewhere', wholeDay, '2025-12-07T23:59:59-05:00', true],
    ['after a whole day elsewhere', wholeDay, '2025-12-08T00:00:00-05:00', false],
    ['on the long day when clocks go back', wholeDay, '2025-11-02T23:30:00-05:00', true],
  ])('%s', (_title, schedule, time, expected) => {
    expect(awake(schedule, time)).toBe(expected);
  });

  test('tells the local time when the rule sleeps', () => {
    const ruleSet = compileRules([sampleRule({ trigger: { schedule: office } })]);
    const event = sampleMessage({ text: 'hi', at: Date.parse('2025-12-06T12:30:00+08:00') });
    expect(ruleSet.explain(event)[0]).toEqual({
      rule: 'sample',
      matched: false,
      condition: 'trigger.schedule',
      text: {
        en: 'sat 12:30 (Asia/Shanghai) is in no window',
        zh: 'sat 12:30（Asia/Shanghai）不在任何时间段内',
      },
    });
  });
});
