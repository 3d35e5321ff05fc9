import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import type { TaskDetail } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { useLoaded } from '../../api/use-loaded.js';
import { Link } from '../../frame/route.js';
import { useText } from '../../language/language.js';
import { RequestView } from '../../parts/exchange.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { PageHead } from '../../parts/page-head.js';
import { useThrottled } from '../../parts/use-throttled.js';
import { Attempts } from './attempts.js';
import { Replies } from './replies.js';
import { ResolveButtons } from './resolve-buttons.js';
import { TaskFacts } from './task-facts.js';
import { texts } from './texts.js';
import { useTaskAction } from './use-task-action.js';

/** One task: where it stands, and every call that was made. */
export function Task({ id }: { readonly id: string }) {
  const text = useText();
  const [isUncovered, setUncovered] = useState(false);
  const { data, failure, reload } = useLoaded(`task ${id} ${isUncovered}`, (signal) =>
    call('GET /tasks/:id', { params: { id }, query: isUncovered ? { text: '1' } : {} }, signal),
  );
  const refresh = useThrottled(reload, 1000);
  useLive(['task', 'attempt', 'said'], (item) => {
    if (item.kind === 'gap' || idOf(item) === id) refresh();
  });
  const isHidden = data?.question.hidden === true && !isUncovered;
  return (
    <>
      <Link to="tasks" className="back">
        <ArrowLeftOutlined aria-hidden /> {text(texts.all)}
      </Link>
      <PageHead title={`${text(texts.one)} ${data?.task.rule ?? ''}`}>
        {isHidden && <Button onClick={() => setUncovered(true)}>{text(texts.showText)}</Button>}
        {data && <ResolveButtons detail={data} onDone={reload} />}
        {data && <TaskButtons detail={data} onDone={reload} />}
      </PageHead>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {data === undefined && failure === undefined && <Spin className="waiting" size="large" />}
      {data && <TaskView detail={data} />}
    </>
  );
}

interface ButtonProps {
  readonly detail: TaskDetail;
  readonly onDone: () => void;
}

function TaskButtons({ detail: { task, can }, onDone }: ButtonProps) {
  const text = useText();
  const { ask, isRunning, failure } = useTaskAction(onDone);
  const body = { ids: [task.id] };
  return (
    <>
      {can.replay && (
        <Button
          type="primary"
          loading={isRunning}
          onClick={() => ask('replay', text(texts.replaySelected(1)), body)}
        >
          {text(texts.replay)}
        </Button>
      )}
      {can.discard && (
        <Button
          danger
          loading={isRunning}
          onClick={() => ask('discard', text(texts.discardSelected(1)), body)}
        >
          {text(texts.discard)}
        </Button>
      )}
      {failure && <FailureAlert failure={failure} />}
    </>
  );
}

function TaskView({ detail }: { readonly detail: TaskDetail }) {
  const text = useText();
  return (
    <>
      <TaskFacts detail={detail} />
      <Attempts detail={detail} />
      {(detail.replies.length > 0 || detail.refusal) && <Replies detail={detail} />}
      {detail.request && (
        <section className="box">
          <details>
            <summary>{text(texts.nextRequest)}</summary>
            <RequestView request={detail.request} />
          </details>
        </section>
      )}
    </>
  );
}

function idOf(item: { readonly task: string | { readonly id: string } }): string {
  return typeof item.task === 'string' ? item.task : item.task.id;
}
