import { App, Modal } from 'antd';
import type { ChangesBody, Plan, Saved } from '../../api/contract.js';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { useLoaded } from '../api/use-loaded.js';
import { useText } from '../language/language.js';
import { FailureAlert } from '../parts/failure-alert.js';
import { useFocusBack } from '../parts/use-focus-back.js';
import { PlanView } from './plan-view.js';
import { texts } from './texts.js';

interface Props {
  readonly title: string;
  readonly body: ChangesBody;
  /** What the button says; `Save` unless told. */
  readonly okText?: string;
  readonly isDanger?: boolean;
  readonly onSaved: (saved: Saved) => void;
  readonly onClose: () => void;
  /** Told of a plan that cannot be saved, so that a form can show each problem beside its field. */
  readonly onPlan?: (plan: Plan) => void;
}

/** Says what a change would do, and does it when it is wanted. */
export function PlanDialog({ title, body, okText, isDanger = false, ...on }: Props) {
  const text = useText();
  useFocusBack();
  const { message } = App.useApp();
  const saving = useAction();
  const planned = useLoaded(JSON.stringify(body), async (signal) => {
    const plan = await call('POST /rules/plan', { body }, signal);
    on.onPlan?.(plan);
    return plan;
  });
  const plan = planned.data;
  const isSavable = plan !== undefined && plan.problems.length === 0;
  const save = async () => {
    await saving.run(async () => {
      const saved = await call('POST /rules/save', { body });
      void message.success(
        saved.inForce ? text(texts.saved) + text(saved.summary) : text(texts.late),
      );
      on.onSaved(saved);
    });
  };
  const failure = saving.failure ?? planned.failure;
  return (
    <Modal
      open
      title={title}
      okText={okText ?? text(texts.save)}
      cancelText={text(texts.cancel)}
      confirmLoading={saving.isRunning}
      okButtonProps={{ disabled: !isSavable || planned.isLoading, danger: isDanger }}
      onOk={() => void save()}
      onCancel={on.onClose}
    >
      {failure && <FailureAlert failure={failure} />}
      {planned.isLoading && <output>{text(texts.reading)}</output>}
      {plan && <PlanView plan={plan} />}
    </Modal>
  );
}
