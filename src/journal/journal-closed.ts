import { CallbackError } from '../core/errors.js';

/** What every call to a journal that was closed comes to: code `journal-closed`. */
export function journalClosed(): CallbackError {
  return new CallbackError('journal-closed', {
    text: {
      en: 'The journal is closed: nothing can be kept or read any more. Open a new one.',
      zh: '任务日志已关闭，不能再写入或读取。请重新打开。',
    },
  });
}
