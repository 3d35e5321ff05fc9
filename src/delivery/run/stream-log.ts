import type { Clock } from '../../core/clock.js';
import type { Bilingual } from '../../core/language.js';
import type { Logger } from '../../core/logger.js';
import { createOnceAMinute } from '../../core/once-a-minute.js';
import type { Task } from '../../core/task.js';
import type { StreamNote } from '../answer/stream/content.js';

/** What the maker of a stream should know of. */
export interface StreamLog {
  /** Once a minute for each rule and kind. Never anything of what the stream said. */
  streamNotes(task: Task, receiver: string, notes: readonly StreamNote[]): void;
}

/** Writes the lines of streams. */
export function streamLines(logger: Logger, clock: Pick<Clock, 'now'>): StreamLog {
  const onceAMinute = createOnceAMinute(clock);
  return {
    streamNotes: (task, receiver, notes) => {
      for (const note of notes) {
        const found = 'keys' in note ? { keys: note.keys.join(' ') } : { lines: note.count };
        onceAMinute(`${note.kind} ${task.rule}`, (more) => {
          logger.warn(streamTexts[note.kind], {
            rule: task.rule,
            task: task.id,
            receiver,
            ...found,
            more,
          });
        });
      }
    },
  };
}

const streamTexts: Readonly<Record<StreamNote['kind'], Bilingual>> = {
  'unknown-object': {
    en: 'A stream held JSON without a known name between its words; it was left out. Send words as text, or as `choices[0].delta.content`.',
    zh: '流式回答中夹有未知名称的 JSON，已略去。请以文本或 `choices[0].delta.content` 发送回答内容。',
  },
  'lost-lines': {
    en: 'Lines of a stream were lost: a line break within `data:` ends it. Write one `data:` for each line, or a JSON string.',
    zh: '流式回答有若干行丢失：`data:` 内的换行会使其结束。请为每一行各写一个 `data:`，或写成 JSON 字符串。',
  },
};
