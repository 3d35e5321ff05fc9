import { App, Button } from 'antd';
import type { Resolution, TaskDetail } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { texts as resolveTexts } from './resolve-texts.js';
import { texts } from './texts.js';

interface Props {
  readonly detail: TaskDetail;
  readonly onDone: () => void;
}

/** What can be done with a task of which nobody knows whether a part of its answer was said. */
export function ResolveButtons({ detail: { task, can }, onDone }: Props) {
  const text = useText();
  const { modal, message } = App.useApp();
  const { run, isRunning, failure } = useAction();
  const ask = (as: Resolution) => {
    modal.confirm({
      title: text(resolveTexts[as].name),
      content: text(resolveTexts[as].help),
      okText: text(resolveTexts[as].name),
      onOk: async () => {
        await run(async () => {
          const { count } = await call('POST /tasks/resolve', { body: { ids: [task.id], as } });
          void message.success(text(texts.done(count)));
          onDone();
        });
      },
    });
  };
  return (
    <>
      {can.resolve.map((as) => (
        <Button key={as} loading={isRunning} onClick={() => ask(as)}>
          {text(resolveTexts[as].name)}
        </Button>
      ))}
      {failure && <FailureAlert failure={failure} />}
    </>
  );
}
