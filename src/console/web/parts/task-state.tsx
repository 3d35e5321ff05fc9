import type { Bilingual } from '../../../core/language.js';
import type { TaskState } from '../../api/contract.js';
import { useText } from '../language/language.js';
import { Mark, type Tone } from './mark.js';
import { texts } from './texts.js';

/** The states of a task, for people. */
export const stateNames: Readonly<Record<TaskState, Bilingual>> = {
  waiting: { en: 'waiting', zh: '等待中' },
  running: { en: 'running', zh: '执行中' },
  answered: { en: 'answered', zh: '已答复' },
  dead: { en: 'failed', zh: '失败' },
  dropped: { en: 'discarded', zh: '已丢弃' },
  unknown: { en: 'perhaps said', zh: '可能已发送' },
};

const tones: Readonly<Record<TaskState, Tone>> = {
  waiting: 'busy',
  running: 'busy',
  answered: 'good',
  dead: 'bad',
  dropped: 'quiet',
  unknown: 'bad',
};

interface Props {
  readonly task: { readonly state: TaskState; readonly reason?: string };
}

/** True for a task that its receiver refused (`success: false`): decided by it, and no fault. */
export function isRefused({ reason }: { readonly reason?: string }): boolean {
  return reason === 'refused';
}

/** The state of a task. */
export function TaskStateMark({ task }: Props) {
  const text = useText();
  if (isRefused(task)) return <Mark tone="quiet">{text(texts.refused)}</Mark>;
  const { state } = task;
  return <Mark tone={tones[state]}>{text(stateNames[state])}</Mark>;
}
