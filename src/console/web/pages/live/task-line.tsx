import { Link, pathOf } from '../../frame/route.js';
import { useLanguage, useText } from '../../language/language.js';
import { durationText } from '../../language/times.js';
import { TaskStateMark } from '../../parts/task-state.js';
import type { SeenTask } from './feed-state.js';
import { texts } from './texts.js';

interface Props {
  readonly id: string;
  readonly rule: string | undefined;
  readonly seen: SeenTask | undefined;
}

/** How a task of an event is getting on. */
export function TaskLine({ id, rule, seen }: Props) {
  const text = useText();
  const { language } = useLanguage();
  const { row, attempt, said = 0 } = seen ?? {};
  const status = attempt?.status ?? attempt?.reason;
  return (
    <span className="task-line">
      <Link to={pathOf('tasks', id)}>{row?.rule ?? rule ?? text(texts.task)}</Link>
      {row && <TaskStateMark task={row} />}
      {attempt !== undefined && status !== undefined && (
        <span className="quiet">
          {text(texts.attempt(String(status), durationText(attempt.durationMs, language)))}
        </span>
      )}
      {said > 0 && <span className="quiet">{text(texts.said(said))}</span>}
    </span>
  );
}
