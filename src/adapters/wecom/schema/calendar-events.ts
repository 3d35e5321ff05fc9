import { defineEvent } from './definition.js';
import { id, word } from './fields.js';

const calendar = { CalId: id };
const schedule = { CalId: word.optional(), ScheduleId: id };

/** Calendars and schedules made by API (日程). Source: WeCom D97730, D97728, D97731, D97732, D98111. */
export const calendarEvents = [
  defineEvent('add_calendar', { en: 'A calendar was made', zh: '新增日历' }, calendar),
  defineEvent('modify_calendar', { en: 'A calendar changed', zh: '修改日历' }, calendar),
  defineEvent('delete_calendar', { en: 'A calendar was deleted', zh: '删除日历' }, calendar),
  defineEvent('add_schedule', { en: 'A schedule was made', zh: '新增日程' }, schedule),
  defineEvent('modify_schedule', { en: 'A schedule changed', zh: '修改日程' }, schedule),
  defineEvent('delete_schedule', { en: 'A schedule was deleted', zh: '删除日程' }, schedule),
  defineEvent('respond_schedule', { en: 'Somebody answered a schedule', zh: '日程回执' }, schedule),
] as const;
