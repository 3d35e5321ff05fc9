import { Alert } from 'antd';
import type { Plan } from '../../api/contract.js';
import { useText } from '../language/language.js';
import { Moment } from '../parts/moment.js';
import { ProblemList } from '../parts/problem-list.js';
import { texts } from './texts.js';

/** What a change would do: the sentence, what is wrong with it, and the messages it touches. */
export function PlanView({ plan }: { readonly plan: Plan }) {
  const text = useText();
  const { summary, problems, warnings, replayed } = plan;
  return (
    <div className="plan">
      {problems.length === 0 && <p className="plan-summary">{text(summary)}</p>}
      {problems.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={text(texts.problems)}
          description={<ProblemList problems={problems} />}
        />
      )}
      {warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={text(texts.warnings)}
          description={<ProblemList problems={warnings} />}
        />
      )}
      {replayed !== undefined && replayed.uncertain > 0 && (
        <p>{text(texts.uncertain(replayed.uncertain))}</p>
      )}
      {replayed !== undefined && replayed.samples.length > 0 && <Samples {...replayed} />}
    </div>
  );
}

function Samples({ samples }: NonNullable<Plan['replayed']>) {
  const text = useText();
  const names = (rules: readonly string[]) =>
    rules.length === 0 ? text(texts.none) : rules.join(', ');
  return (
    <details>
      <summary>{text(texts.samples)}</summary>
      <ul className="samples">
        {samples.map(({ event, at, before, after }) => (
          <li key={event}>
            <Moment at={at} />
            <span>
              {text(texts.before)}: {names(before)}
            </span>
            <span>
              {text(texts.after)}: {names(after)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
