import { CallbackError } from '../core/errors.js';

/** What a copy of a journal in memory comes to: code `journal-not-on-disk`. */
export function journalNotOnDisk(): CallbackError {
  return new CallbackError('journal-not-on-disk', {
    text: {
      en: 'This journal is kept in memory: there is no file to copy. Set journal.store to sqlite:<file>.',
      zh: '任务日志保存在内存中，没有可备份的文件。请将 journal.store 设为 sqlite:<文件>。',
    },
  });
}
