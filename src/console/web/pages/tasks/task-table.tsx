import { Checkbox } from 'antd';
import type { TaskRow } from '../../../api/contract.js';
import { Link, pathOf } from '../../frame/route.js';
import { useText } from '../../language/language.js';
import { Moment } from '../../parts/moment.js';
import { type Column, Rows } from '../../parts/rows.js';
import { TaskStateMark } from '../../parts/task-state.js';
import { texts as partTexts } from '../../parts/texts.js';
import { Words } from '../../parts/words.js';
import { texts } from './texts.js';
import { Waits } from './waits.js';

interface Props {
  readonly tasks: readonly TaskRow[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

/** Tasks, one a row. */
export function TaskTable({ tasks, selected, onSelect }: Props) {
  const text = useText();
  const toggle = (id: string, isOn: boolean) => {
    const next = new Set(selected);
    if (isOn) next.add(id);
    else next.delete(id);
    onSelect(next);
  };
  const isAll = tasks.every(({ id }) => selected.has(id));
  const select: Column<TaskRow> = {
    key: 'select',
    title: text(partTexts.selecting),
    isTitleHidden: true,
    kind: 'check-cell',
    render: ({ id, rule }) => (
      // The browser's own: fifty of them are drawn at once.
      <input
        type="checkbox"
        className="check"
        checked={selected.has(id)}
        aria-label={text(partTexts.select(`${rule} ${id}`))}
        onChange={({ target }) => toggle(id, target.checked)}
      />
    ),
  };
  return (
    <>
      <Checkbox
        className="select-all"
        checked={isAll}
        indeterminate={!isAll && selected.size > 0}
        onChange={({ target }) =>
          onSelect(new Set(target.checked ? tasks.map(({ id }) => id) : []))
        }
      >
        {text(partTexts.selectAll)}
      </Checkbox>
      <Rows
        label={text(texts.list)}
        columns={[select, ...columnsOf(text)]}
        rows={tasks}
        keyOf={({ id }) => id}
      />
    </>
  );
}

function columnsOf(text: ReturnType<typeof useText>): readonly Column<TaskRow>[] {
  return [
    {
      key: 'rule',
      title: text(texts.rule),
      kind: 'name',
      render: ({ id, rule }) => <Link to={pathOf('tasks', id)}>{rule}</Link>,
    },
    {
      key: 'state',
      title: text(texts.state),
      render: (task) => <TaskStateMark task={task} />,
    },
    { key: 'user', title: text(texts.who), render: ({ userId }) => userId },
    {
      key: 'conversation',
      title: text(texts.conversation),
      render: ({ conversation }) =>
        conversation?.kind === 'room' ? conversation.id : text(texts.privately),
    },
    {
      key: 'arrived',
      title: text(texts.arrived),
      render: ({ arrivedAt, replayed }) => (
        <>
          <Moment at={arrivedAt} />{' '}
          {replayed && <span className="quiet">{text(texts.replayed)}</span>}
        </>
      ),
    },
    { key: 'attempts', title: text(texts.attempts), kind: 'number', render: (row) => row.attempts },
    {
      key: 'result',
      title: text(texts.result),
      kind: 'wide',
      render: ({ text: why, waitsFor }) => (
        <>
          {why && <Words of={why} />}
          {waitsFor && (
            <span className="quiet">
              {' '}
              <Waits waitsFor={waitsFor} />
            </span>
          )}
        </>
      ),
    },
  ];
}
