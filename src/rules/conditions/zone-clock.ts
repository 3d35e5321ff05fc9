import type { Weekday } from '../../core/rule.js';

/** The weekday and the minutes since midnight. */
export interface LocalTime {
  readonly day: Weekday;
  readonly minute: number;
}

const minuteMs = 60_000;

/**
 * Reads the clock of a time zone at a time in ms since 1970; absent when there is no such zone.
 * The last minute is kept, as many events share it.
 */
export function zoneClock(timeZone: string): ((at: number) => LocalTime) | undefined {
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
