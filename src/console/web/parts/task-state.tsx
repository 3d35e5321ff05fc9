import type { Bilingual } from '../../../core/language.js';
import type { TaskState } from '../../api/contract.js';
import { useText } from '../language/language.js';
import { Mark, type Tone } from './mark.js';

/** The states of a task, for people. */
export const stateNames: Readonly<Record<TaskState, Bilingual>> = {
  waiting: { en: 'waiting', zh: '等待中' },
  running: { en: 'running', zh: '执行中' },
  answered: { en: 'answered', zh: '已答复' },
  refused: { en: 'refused', zh: '被拒绝' },
  dead: { en: 'failed', zh: '失败' },
  dropped: { en: 'discarded', zh: '已丢弃' },
  unknown: { en: 'perhaps said', zh: '可能已发送' },
};

const tones: Readonly<Record<TaskState, Tone>> = {
  waiting: 'busy',
  running: 'busy',
  answered: 'good',
  refused: 'quiet',
  dead: 'bad',
  dropped: 'quiet',
  unknown: 'bad',
};

interface Props {
  readonly task: { readonly state: TaskState };
}

/** The state of a task. */
export function TaskStateMark({ task }: Props) {
  const text = useText();
  const { state } = task;
  return <Mark tone={tones[state]}>{text(stateNames[state])}</Mark>;
}
