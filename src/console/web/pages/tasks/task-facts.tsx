import type { ReactNode } from 'react';
import type { TaskDetail } from '../../../api/contract.js';
import { Link, rulePath } from '../../frame/route.js';
import { useText } from '../../language/language.js';
import { MaybeTextView } from '../../parts/maybe-text.js';
import { Moment } from '../../parts/moment.js';
import { TaskStateMark } from '../../parts/task-state.js';
import { Words } from '../../parts/words.js';
import { texts } from './texts.js';
import { Waits } from './waits.js';

/** Where a task stands and what it is about. */
export function TaskFacts({ detail: { task, question } }: { readonly detail: TaskDetail }) {
  const text = useText();
  const { id, rule, botId, userId, conversation, arrivedAt, waitsFor, settledAt } = task;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text(texts.state), <TaskStateMark key="state" task={task} />],
    [text(texts.result), task.text ? <Words key="result" of={task.text} /> : undefined],
    [text(texts.question), <MaybeTextView key="question" value={question} />],
    [
      text(texts.rule),
      <Link key="rule" to={rulePath(rule)}>
        {rule}
      </Link>,
    ],
    [text(texts.who), userId],
    [
      text(texts.conversation),
      conversation?.kind === 'room' ? conversation.id : text(texts.privately),
    ],
    [text(texts.bot), botId],
    [
      text(task.replayed ? texts.replayedAt : texts.arrived),
      <Moment key="arrived" at={arrivedAt} />,
    ],
    [text(texts.waits), waitsFor ? <Waits key="waits" waitsFor={waitsFor} /> : undefined],
    [
      text(texts.settled),
      settledAt === undefined ? undefined : <Moment key="settled" at={settledAt} />,
    ],
    [text(texts.id), <code key="id">{id}</code>],
  ];
  return (
    <dl className="box facts">
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
