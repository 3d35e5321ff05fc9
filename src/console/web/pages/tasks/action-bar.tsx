import { Button } from 'antd';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { texts } from './texts.js';
import { useTaskAction } from './use-task-action.js';

interface Props {
  readonly ids: readonly string[];
  readonly onClear: () => void;
  readonly onDone: () => void;
}

/** Stays in sight while tasks are selected: what can be done with them. */
export function ActionBar({ ids, onClear, onDone }: Props) {
  const text = useText();
  const { ask, isRunning, failure } = useTaskAction(onDone);
  const body = { ids: [...ids] };
  return (
    <div className="order-bar">
      <output>{text(texts.selected(ids.length))}</output>
      <Button
        type="primary"
        loading={isRunning}
        onClick={() => ask('replay', text(texts.replaySelected(ids.length)), body)}
      >
        {text(texts.replay)}
      </Button>
      <Button
        danger
        loading={isRunning}
        onClick={() => ask('discard', text(texts.discardSelected(ids.length)), body)}
      >
        {text(texts.discard)}
      </Button>
      <Button onClick={onClear}>{text(texts.clear)}</Button>
      {failure && <FailureAlert failure={failure} />}
    </div>
  );
}
