import type { ProgressRow } from '../task-rows.js';
import { originalText } from './safe-text.js';

/** What every task is read with. */
export const taskColumns = `t.id, t.bot, t.speaker, t.lane, t.hold_ms, t.rule, t.event, t.event_id,
  t.user_id, t.conversation_kind, t.conversation_id, t.arrived_at, t.text_until,
  t.request`;

const texts = [
  'id',
  'bot',
  'speaker',
  'lane',
  'rule',
  'event',
  'event_id',
  'user_id',
  'conversation_id',
] as const;

/** A row with its texts as they were handed over. */
export function originalRow<Row extends ProgressRow>(row: Row): Row {
  const original: Record<string, string> = {};
  for (const name of texts) {
    const kept = row[name];
    if (kept !== null) original[name] = originalText(kept);
  }
  return { ...row, ...original };
}
