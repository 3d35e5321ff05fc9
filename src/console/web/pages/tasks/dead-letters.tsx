import { Button } from 'antd';
import type { DeadLetters as Dead } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { useLoaded } from '../../api/use-loaded.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { Mark } from '../../parts/mark.js';
import { Moment } from '../../parts/moment.js';
import { useThrottled } from '../../parts/use-throttled.js';
import { Words } from '../../parts/words.js';
import type { Choice } from './choice.js';
import { texts } from './texts.js';
import { useTaskAction } from './use-task-action.js';

type DeadGroup = Dead['groups'][number];

interface Props {
  readonly onShow: (choice: Choice) => void;
  readonly onDone: () => void;
}

/** The dead at a glance: which rule, why, how many. */
export function DeadLetters({ onShow, onDone }: Props) {
  const text = useText();
  const { data, failure, reload } = useLoaded('dead-letters', (signal) =>
    call('GET /dead-letters', {}, signal),
  );
  const refresh = useThrottled(reload, 3000);
  useLive(['task', 'tasks'], (item) => {
    if (item.kind !== 'task' || item.task.state === 'dead') refresh();
  });
  const action = useTaskAction(() => {
    reload();
    onDone();
  });
  if (failure) return <FailureAlert failure={failure} onRetry={reload} />;
  if (data === undefined || data.total === 0) return null;
  const replay = ({ rule, reason }: DeadGroup) =>
    action.ask('replay', text(texts.replayRuleAsk(rule)), {
      all: { states: ['dead'], rule, reason },
    });
  return (
    <section className="box" aria-labelledby="dead">
      <h2 id="dead">{text(texts.dead)}</h2>
      <p>
        {text(texts.deadTotal(data.total))}{' '}
        {data.looked < data.total && text(texts.looked(data.looked))}
      </p>
      {action.failure && <FailureAlert failure={action.failure} />}
      <ul className="dead">
        {data.groups.map((group) => (
          <li key={`${group.rule} ${group.reason}`}>
            <Group group={group} onShow={onShow} onReplay={() => replay(group)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface GroupProps {
  readonly group: DeadGroup;
  readonly onShow: (choice: Choice) => void;
  readonly onReplay: () => void;
}

function Group({ group, onShow, onReplay }: GroupProps) {
  const text = useText();
  const { rule, text: why, count, newestAt } = group;
  return (
    <>
      <div className="dead-words">
        <strong>{rule}</strong> <Mark tone="bad">{text(texts.groupCount(count))}</Mark>{' '}
        <span className="quiet">
          {text(texts.newest)} <Moment at={newestAt} />
        </span>
        <p>
          <Words of={why} />
        </p>
      </div>
      <div className="buttons">
        <Button
          size="small"
          aria-label={text(texts.showGroup(rule))}
          onClick={() => onShow({ state: 'dead', rule })}
        >
          {text(texts.show)}
        </Button>
        <Button size="small" aria-label={text(texts.replayRule(rule))} onClick={onReplay}>
          {text(texts.replayAll)}
        </Button>
      </div>
    </>
  );
}
