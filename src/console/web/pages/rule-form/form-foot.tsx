import { Alert, Button } from 'antd';
import type { Failure } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { labels } from './layout/labels.js';
import type { ProblemsByField } from './problems-of.js';
import { texts } from './texts.js';
import type { RuleEditing } from './use-rule-editing.js';

interface Props {
  readonly editing: RuleEditing;
  readonly failure: Failure['error'] | undefined;
  readonly isRunning: boolean;
  readonly isSavable: boolean;
  /** The file was changed elsewhere, and the draft is to stand all the same. */
  readonly onGoOn: () => void;
  readonly onLeave: () => void;
}

/** The end of the form, always in sight: what is wrong as a whole, and the buttons. */
export function FormFoot(props: Props) {
  const { editing, failure, isRunning, isSavable, onGoOn, onLeave } = props;
  const text = useText();
  return (
    <div className="form-foot">
      {failure && <FailureAlert failure={failure} />}
      {editing.problems.size > 0 && (
        <Alert
          className="notice"
          type="error"
          showIcon
          title={text(texts.wrong)}
          description={<FormProblems problems={editing.problems} />}
        />
      )}
      <div className="buttons">
        {!editing.isReadOnly && (
          <Button type="primary" htmlType="submit" loading={isRunning} disabled={!isSavable}>
            {text(texts.save)}
          </Button>
        )}
        <Button onClick={onLeave}>{text(texts.cancel)}</Button>
        {failure?.code === 'file-changed' && (
          <Button onClick={onGoOn}>{text(texts.fileChanged)}</Button>
        )}
      </div>
    </div>
  );
}

/** Every problem with the name of its field. */
function FormProblems({ problems }: { readonly problems: ProblemsByField }) {
  const text = useText();
  return (
    <ul className="problems">
      {[...problems].map(([path, found]) => {
        const label = labels[path];
        return (
          <li key={path}>
            {label && <strong>{text(label)}: </strong>}
            {found.map((problem) => text(problem.text)).join(' ')}
          </li>
        );
      })}
    </ul>
  );
}
