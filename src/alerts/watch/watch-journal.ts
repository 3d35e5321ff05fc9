import type { AlertPort } from '../../core/alert.js';
import { nameOf, textOf } from '../../core/errors.js';

/** Observes how calls of the journal end; `operation` is a name of the `Journal` port. */
export interface JournalWatch {
  failed(operation: string, error: unknown): void;
  worked(operation: string): void;
  /** Takes the error of a journal that cannot be opened: tasks are in memory alone from then on. */
  lost(error: unknown): void;
}

/** These always write: when one of them works, the journal does. */
const writing: ReadonlySet<string> = new Set(['accept', 'record', 'settle', 'retry']);

const kind = 'journal';
const subject = 'journal';

/**
 * Raises `journal` from the first failure until the call that failed works again, or a write does: on a
 * full disk, looking for tasks goes on to work.
 */
export function watchJournal(port: AlertPort): JournalWatch {
  const failing = new Set<string>();
  let isLost = false;
  return {
    failed: (operation, error) => {
      failing.add(operation);
      const reason = textOf(error);
      const text = {
        en: `The journal does not work: ${reason.en} New messages are not kept, answers are not recorded.`,
        zh: `任务日志不可用：${reason.zh}新消息无法保存，回复无法记录。`,
      };
      port.raise({ kind, subject, text, details: { operation, error: nameOf(error) } });
    },
    worked: (operation) => {
      if (failing.size === 0 || isLost) return;
      if (writing.has(operation)) failing.clear();
      else failing.delete(operation);
      if (failing.size > 0) return;
      const text = { en: 'The journal works again.', zh: '任务日志已恢复。' };
      port.clear({ kind, subject, text });
    },
    lost: (error) => {
      isLost = true;
      const reason = textOf(error);
      const text = {
        en: `The journal cannot be opened: ${reason.en} Until the next start tasks are kept in memory alone, and are lost when the bot ends.`,
        zh: `无法打开任务日志：${reason.zh}在下次启动之前任务只保存在内存中，机器人退出时将丢失。`,
      };
      port.raise({ kind, subject, text, details: { operation: 'open', error: nameOf(error) } });
    },
  };
}
