import type { Bilingual } from '../../core/language.js';
import { failureHint } from '../../delivery/run/failure-hints.js';

const others: Readonly<Record<string, Bilingual>> = {
  refused: {
    en: 'The receiver refused (`success: false`).',
    zh: '接收端拒绝（`success: false`）。',
  },
  discarded: { en: 'Discarded by hand.', zh: '已手动丢弃。' },
  internal: {
    en: 'A defect in wechaty-callback; the log has more.',
    zh: 'wechaty-callback 内部错误，详见日志。',
  },
};

/** What a reason of the journal means, and what to do about it. */
export function reasonText(reason: string): Bilingual {
  const text = others[reason] ?? failureHint(reason);
  if (text === undefined) return { en: reason, zh: reason };
  return { en: `${text.en} (${reason})`, zh: `${text.zh}（${reason}）` };
}
