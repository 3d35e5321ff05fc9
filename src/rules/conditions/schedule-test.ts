import type { Schedule, Weekday } from '../../core/rule.js';
import type { ProblemList } from '../problem-list.js';

/** Whether a rule is awake at a time, in ms since 1970. */
export type ScheduleTest = (at: number) => boolean;

/** The weekday and the minutes since midnight. */
interface LocalTime {
  readonly day: Weekday;
  readonly minute: number;
}

const days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minuteMs = 60_000;

/** Compiles `trigger.schedule`. An unknown time zone is added to the problems. */
export function compileSchedule(schedule: Schedule, problems: ProblemList): ScheduleTest {
  const localTime = localClock(schedule.timezone);
  if (localTime === undefined) {
    problems.add(['trigger', 'schedule', 'timezone'], {
      en: `unknown time zone "${schedule.timezone}"; write an IANA name such as Asia/Shanghai`,
      zh: `未知时区 "${schedule.timezone}"；请写 IANA 名称，例如 Asia/Shanghai`,
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

/** Reads the clock of a time zone; the last minute is kept, as many events share it. */
function localClock(timeZone: string): ((at: number) => LocalTime) | undefined {
  const format = createFormat(timeZone);
  if (format === undefined) return undefined;
  let lastMinute = Number.NaN;
  let last: LocalTime = { day: 'mon', minute: 0 };
  return (at) => {
    const minute = Math.floor(at / minuteMs);
    if (minute !== lastMinute) {
      last = readParts(format.formatToParts(minute * minuteMs));
      lastMinute = minute;
    }
    return last;
  };
}

function createFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    return undefined;
  }
}

function readParts(parts: readonly Intl.DateTimeFormatPart[]): LocalTime {
  const value = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((part) => part.type === type)?.value ?? '';
  return {
    day: value('weekday').toLowerCase() as Weekday,
    minute: Number(value('hour')) * 60 + Number(value('minute')),
  };
}
