import type { ReactNode } from 'react';
import type { RuleVerdict } from '../../api/contract.js';
import { Link, rulePath } from '../frame/route.js';
import { useText } from '../language/language.js';
import { texts } from '../pages/trial/texts.js';
import { Mark } from './mark.js';
import { Words } from './words.js';

interface Props {
  readonly verdict: RuleVerdict;
  readonly children?: ReactNode;
}

/** What one rule says of a message: that it matches, or the first condition that failed and why. */
export function VerdictLine({ verdict, children }: Props) {
  const text = useText();
  const { rule, matched, condition, text: why, question, probability, untested } = verdict;
  const groups = Object.entries(verdict.groups ?? {});
  return (
    <li className="verdict">
      <div className="verdict-head">
        <Mark tone={matched ? 'good' : 'quiet'}>{text(matched ? texts.matches : texts.fails)}</Mark>
        <Link to={rulePath(rule)}>{rule}</Link>
        {condition !== undefined && <code className="quiet">{condition}</code>}
      </div>
      {why && (
        <p>
          <Words of={why} />
        </p>
      )}
      {question !== undefined && (
        <p>
          {text(texts.question)}: <q>{question}</q>
        </p>
      )}
      {groups.length > 0 && (
        <p>
          {text(texts.groups)}: {groups.map(([name, value]) => `${name} = ${value}`).join(', ')}
        </p>
      )}
      {probability !== undefined && probability < 1 && (
        <p>{text(texts.probability(probability))}</p>
      )}
      {untested.length > 0 && (
        <p className="quiet">{untested.map((what) => text(texts.untested[what])).join(', ')}</p>
      )}
      {children}
    </li>
  );
}
