import { CallbackError } from '../../core/errors.js';

/** What a copy of a journal in a database comes to: code `journal-in-database`. */
export function journalInDatabase(): CallbackError {
  return new CallbackError('journal-in-database', {
    text: {
      en: 'This journal is in PostgreSQL: copy it with pg_dump, which may run while the bots work.',
      zh: '任务日志保存在 PostgreSQL 中：请用 pg_dump 备份，机器人运行时也可以备份。',
    },
  });
}
