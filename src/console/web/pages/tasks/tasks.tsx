import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { useLoaded } from '../../api/use-loaded.js';
import { navigate, useRoute } from '../../frame/route.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { PageHead } from '../../parts/page-head.js';
import { useThrottled } from '../../parts/use-throttled.js';
import { ActionBar } from './action-bar.js';
import { type Choice, choiceIn, pathOfChoice } from './choice.js';
import { ChoiceForm } from './choice-form.js';
import { DeadLetters } from './dead-letters.js';
import { TaskTable } from './task-table.js';
import { texts } from './texts.js';

const none: ReadonlySet<string> = new Set();

/** What was, is and will be posted. */
export function Tasks() {
  const text = useText();
  const { query } = useRoute();
  const choice = choiceIn(query);
  const [selected, setSelected] = useState(none);
  const { data, failure, reload } = useLoaded(`tasks ${query.toString()}`, (signal) =>
    call('GET /tasks', { query: choice }, signal),
  );
  const refresh = useThrottled(reload, 2000);
  useLive(['task', 'tasks'], () => {
    // Older pages stand still while they are read.
    if (choice.cursor === undefined) refresh();
  });
  const show = (next: Choice) => {
    setSelected(none);
    navigate(pathOfChoice(next));
  };
  const tasks = data?.items ?? [];
  return (
    <>
      <PageHead title={text(texts.title)} />
      <DeadLetters onShow={show} onDone={reload} />
      <ChoiceForm choice={choice} onChange={(more) => show({ ...choice, ...more, cursor: '' })} />
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {selected.size > 0 && (
        <ActionBar
          ids={[...selected]}
          onClear={() => setSelected(none)}
          onDone={() => {
            setSelected(none);
            reload();
          }}
        />
      )}
      {tasks.length > 0 && <TaskTable tasks={tasks} selected={selected} onSelect={setSelected} />}
      {data && tasks.length === 0 && <p className="nothing">{text(texts.nothing)}</p>}
      <div className="buttons pages">
        {choice.cursor !== undefined && (
          <Button onClick={() => history.back()}>{text(texts.previous)}</Button>
        )}
        {data?.next !== undefined && (
          <Button onClick={() => show({ ...choice, cursor: data.next ?? '' })}>
            {text(texts.next)}
          </Button>
        )}
      </div>
    </>
  );
}
