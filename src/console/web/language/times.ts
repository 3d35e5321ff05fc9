import type { Language } from '../../../core/language.js';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** How a moment may be written. */
const styles = {
  time: { ...clock, second: '2-digit' },
  day: { ...clock, second: '2-digit', month: '2-digit', day: '2-digit' },
  full: { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' },
  clock,
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** Making one takes longer than using it a hundred times. */
const made = new Map<string, Intl.DateTimeFormat>();

function written(at: number, style: keyof typeof styles, language: Language): string {
  const key = `${style} ${language}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(locales[language], styles[style]);
  made.set(key, format);
  return format.format(at);
}

/** A moment: the time, and the day before it when that is not today. */
export function shortTime(at: number, language: Language, now = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return written(at, isToday ? 'time' : 'day', language);
}

/** A moment in full. */
export function fullTime(at: number, language: Language): string {
  return written(at, 'full', language);
}

/** The time of day, to the minute. */
export function clockTime(at: number, language: Language): string {
  return written(at, 'clock', language);
}

/** How long something took, from ms: `840 ms`, `2.3 s`, `4 min`. */
export function durationText(ms: number, language: Language): string {
  const zh = language === 'zh';
  if (ms < 1000) return `${Math.round(ms)} ${zh ? '毫秒' : 'ms'}`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} ${zh ? '秒' : 's'}`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} ${zh ? '分钟' : 'min'}`;
  if (ms < 172_800_000) return `${Number((ms / 3_600_000).toFixed(1))} ${zh ? '小时' : 'h'}`;
  return `${Math.round(ms / 86_400_000)} ${zh ? '天' : 'days'}`;
}

/** A count with its thousands apart. */
export function countText(count: number, language: Language): string {
  return new Intl.NumberFormat(locales[language]).format(count);
}
