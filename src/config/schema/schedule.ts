import { z } from 'zod';
import { expected } from '../../core/expectation.js';
import { keys, oneOrMore } from '../../core/schema-values.js';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const timezone = z.string().refine(isTimezone, {
  error: expected(
    'a time zone of the IANA list such as Asia/Shanghai',
    'IANA 时区名，例如 Asia/Shanghai',
  ),
});

function isTimezone(name: string): boolean {
  try {
    // It throws on a name that it does not know.
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const clockTime = z.string().transform((value, context) => {
  const found = /^(\d{1,2}):(\d{2})$/u.exec(value);
  const minutes = Number(found?.[1]) * 60 + Number(found?.[2]);
  if (found && Number(found[2]) < 60 && minutes <= 24 * 60) return minutes;
  context.addIssue({
    code: 'custom',
    message: expected('a time of day such as 09:30', '时刻，例如 09:30'),
  });
  return z.NEVER;
});

/** When a rule is awake. */
export const schedule = keys({
  timezone: timezone.describe('IANA time zone. / IANA 时区。'),
  windows: z
    .array(
      keys({
        days: oneOrMore(z.enum(weekdays))
          .prefault([...weekdays])
          .describe('Days on which the window begins. / 时段开始的星期。'),
        from: clockTime.describe('When it begins, HH:MM. / 开始时刻，HH:MM。'),
        to: clockTime.describe(
          'HH:MM; at or before `from` it is the next day. / 不晚于 from 时为次日。',
        ),
      }),
    )
    .min(1)
    .describe('Daily windows. / 每日时段。'),
});
