import type { FieldProblem } from '../../api/contract.js';
import { useLanguage } from '../language/language.js';
import { Words } from './words.js';

/** Things that are wrong with the rules, each with the place where it is. */
export function ProblemList({ problems }: { readonly problems: readonly FieldProblem[] }) {
  const { language } = useLanguage();
  return (
    <ul className="problems">
      {problems.map((problem) => {
        const place = placeOf(problem, language === 'zh');
        return (
          <li key={`${problem.path.join('.')} ${problem.text.en}`}>
            {place !== '' && <strong>{place}</strong>} <Words of={problem.text} />
          </li>
        );
      })}
    </ul>
  );
}

function placeOf({ line, rule, field }: FieldProblem, zh: boolean): string {
  const parts = [
    line === undefined ? '' : zh ? `第 ${line} 行` : `line ${line}`,
    rule === undefined ? '' : zh ? `规则“${rule}”` : `rule “${rule}”`,
    field === undefined ? '' : field.join('.'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${parts.join(zh ? '，' : ', ')}${zh ? '：' : ':'}`;
}
