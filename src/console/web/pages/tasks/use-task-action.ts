import { App } from 'antd';
import type { TaskActionBody } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { type Action, useAction } from '../../api/use-action.js';
import { useText } from '../../language/language.js';
import { texts } from './texts.js';

/** What can be done with tasks by hand. */
export type TaskVerb = 'replay' | 'discard';

/** Asks whether tasks are to be replayed or discarded, and does it. */
export function useTaskAction(
  onDone: () => void,
): Action & { readonly ask: (verb: TaskVerb, title: string, body: TaskActionBody) => void } {
  const text = useText();
  const { modal, message } = App.useApp();
  const action = useAction();
  const perform = async (verb: TaskVerb, body: TaskActionBody) => {
    await action.run(async () => {
      const { count } = await call(`POST /tasks/${verb}`, { body });
      void message.success(text(texts.done(count)));
      onDone();
    });
  };
  const ask = (verb: TaskVerb, title: string, body: TaskActionBody) => {
    modal.confirm({
      title,
      content: text(verb === 'replay' ? texts.replayHelp : texts.discardHelp),
      okText: text(texts[verb]),
      okButtonProps: { danger: verb === 'discard' },
      onOk: async () => await perform(verb, body),
    });
  };
  return { ...action, ask };
}
