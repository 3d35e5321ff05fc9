import { Alert } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import type { Change, ChangesBody } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { navigate } from '../../frame/route.js';
import { useSession } from '../../frame/session.js';
import { useText } from '../../language/language.js';
import { useLeaveGuard } from '../../parts/use-leave-guard.js';
import { PlanDialog } from '../../plan/plan-dialog.js';
import { typedText } from './draft/value-at.js';
import { FormFoot } from './form-foot.js';
import { sections } from './layout/sections.js';
import type { Begun } from './rule-form.js';
import { SectionView } from './section-view.js';
import { texts } from './texts.js';
import { useRuleEditing } from './use-rule-editing.js';

interface Props {
  readonly begun: Begun;
  /** Of the rule as it stands in the file; absent: a new one. */
  readonly name?: string;
}

/** The form itself. Saving looks at the plan first: what is wrong is shown beside its field. */
export function Form({ begun, name }: Props) {
  const text = useText();
  const { readOnly } = useSession().session;
  const editing = useRuleEditing({ ...begun, isReadOnly: readOnly !== undefined });
  const { draft, isChanged, problems } = editing;
  const checking = useAction();
  const [edition, setEdition] = useState(begun.edition);
  const [body, setBody] = useState<ChangesBody>();
  const leaveFreely = useLeaveGuard(isChanged);
  useEffect(() => {
    if (problems.size > 0) focusFirstProblem();
  }, [problems]);
  const check = (event: FormEvent) => {
    event.preventDefault();
    void checking.run(async () => {
      const wanted = { edition, changes: [changeOf(draft, name)] };
      const plan = await call('POST /rules/plan', { body: wanted });
      editing.tell(plan.problems);
      if (plan.problems.length === 0) setBody(wanted);
    });
  };
  const goOn = () => {
    void checking.run(async () => setEdition((await call('GET /rules', { query: {} })).edition));
  };
  return (
    <form className="rule-form" onSubmit={check} noValidate>
      {readOnly && (
        <Alert
          className="notice"
          type="info"
          showIcon
          title={text(texts.readOnly)}
          description={text(readOnly)}
        />
      )}
      {sections.map((section) => (
        <SectionView key={section.key} section={section} editing={editing} />
      ))}
      <FormFoot
        editing={editing}
        failure={checking.failure}
        isRunning={checking.isRunning}
        isSavable={isChanged || name === undefined}
        onGoOn={goOn}
        onLeave={toList}
      />
      {body && (
        <PlanDialog
          title={text(texts.saveTitle(typedText(draft['name'])))}
          body={body}
          onSaved={() => {
            leaveFreely();
            toList();
          }}
          onClose={() => setBody(undefined)}
        />
      )}
    </form>
  );
}

function toList(): void {
  navigate('rules');
}

function changeOf(rule: Begun['rule'], name: string | undefined): Change {
  return name === undefined ? { kind: 'add', rule } : { kind: 'edit', name, rule };
}

function focusFirstProblem(): void {
  const wrong = document.querySelector<HTMLElement>('.rule-form [aria-invalid="true"]');
  wrong?.scrollIntoView({ block: 'center' });
  wrong?.focus({ preventScroll: true });
}
