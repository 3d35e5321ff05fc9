import type { AlertPort } from '../../core/alert.js';
import { nameOf, textOf } from '../../core/errors.js';
import type { Bilingual } from '../../core/language.js';

/** Observes how calls of the journal end; `operation` is a name of the `Journal` port. */
export interface JournalWatch {
  failed(operation: string, error: unknown): void;
  worked(operation: string): void;
  /** Takes the error of a journal that cannot be opened: tasks are in memory alone until `found`. */
  lost(error: unknown): void;
  /** The journal that could not be opened is open. */
  found(): void;
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
  const clear = (text: Bilingual) => {
    failing.clear();
    port.clear({ kind, subject, text });
  };
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
      if (failing.size === 0) clear({ en: 'The journal works again.', zh: '任务日志已恢复。' });
    },
    lost: (error) => {
      isLost = true;
      const reason = textOf(error);
      const text = {
        en: `The journal cannot be opened: ${reason.en} Until it can, which is tried again by itself, tasks are kept in memory alone, and are lost when the bot ends.`,
        zh: `无法打开任务日志：${reason.zh}程序会自动重试；在此之前任务只保存在内存中，机器人退出时将丢失。`,
      };
      port.raise({ kind, subject, text, details: { operation: 'open', error: nameOf(error) } });
    },
    found: () => {
      if (!isLost) return;
      isLost = false;
      clear({
        en: 'The journal is open: tasks are kept on disk again.',
        zh: '任务日志已打开：任务重新写入磁盘。',
      });
    },
  };
}
