import type { Schedule, Weekday } from '../../core/rule.js';
import type { ProblemList } from '../problem-list.js';
import { zoneClock } from './zone-clock.js';

/** Whether a rule is awake at a time, in ms since 1970. */
export type ScheduleTest = (at: number) => boolean;

const days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Compiles `trigger.schedule`. An unknown time zone is added to the problems. */
export function compileSchedule(schedule: Schedule, problems: ProblemList): ScheduleTest {
  const localTime = zoneClock(schedule.timezone);
  if (localTime === undefined) {
    problems.add(['trigger', 'schedule', 'timezone'], {
      en: `unknown time zone "${schedule.timezone}"; write an IANA name such as Asia/Shanghai`,
      zh: `未知时区“${schedule.timezone}”；请写 IANA 名称，例如 Asia/Shanghai`,
    });
    return () => false;
  }
  return (at) => {
    const { day, minute } = localTime(at);
    const before = days[(days.indexOf(day) + 6) % 7] as Weekday;
    return schedule.windows.some((window) => {
      const today = window.days.includes(day);
      if (window.from < window.to) return today && minute >= window.from && minute < window.to;
      return (
        (today && minute >= window.from) || (window.days.includes(before) && minute < window.to)
      );
    });
  };
}
