import { draw } from '../draw.js';
import type { Condition } from './condition.js';
import { type LocalTime, zoneClock } from './zone-clock.js';

const schedule: Condition = {
  key: 'trigger.schedule',
  passes: ({ schedule: awake }, { event }) => awake === undefined || awake(event.at),
  describe: ({ rule }, { event }) => {
    const timezone = rule.trigger.schedule?.timezone ?? 'UTC';
    const time = clockText(zoneClock(timezone)?.(event.at));
    return {
      en: `${time} (${timezone}) is in no window`,
      zh: `${time}（${timezone}）不在任何时间段内`,
    };
  },
};

const probability: Condition = {
  key: 'trigger.probability',
  passes: ({ rule }, { event }) => {
    const wanted = rule.trigger.probability;
    return wanted >= 1 || draw(event.id, rule.name) < wanted;
  },
  describe: ({ rule }, { event }) => {
    const drawn = draw(event.id, rule.name).toFixed(3);
    return {
      en: `drew ${drawn}, wants less than ${rule.trigger.probability}`,
      zh: `抽到 ${drawn}，需要小于 ${rule.trigger.probability}`,
    };
  },
};

/** When the event happened, and chance. */
export const timeConditions: readonly Condition[] = [schedule, probability];

/** For example `sat 09:05`. */
function clockText(time: LocalTime | undefined): string {
  if (time === undefined) return '';
  const [hours, minutes] = [Math.floor(time.minute / 60), time.minute % 60];
  return `${time.day} ${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
