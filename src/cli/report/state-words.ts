import type { Bilingual } from '../../core/language.js';
import type { TaskState } from '../../core/task.js';

/** States as people read them; where the word is another one, the name that `--state` takes follows. */
export const stateWords: Readonly<Record<TaskState, Bilingual>> = {
  waiting: { en: 'waiting', zh: '等待中' },
  running: { en: 'running', zh: '执行中' },
  answered: { en: 'answered', zh: '已答复' },
  refused: { en: 'refused', zh: '被拒绝（refused）' },
  dead: { en: 'failed (dead)', zh: '失败（dead）' },
  unknown: { en: 'perhaps said (unknown)', zh: '可能已发送（unknown）' },
  dropped: { en: 'discarded (dropped)', zh: '已丢弃（dropped）' },
};
