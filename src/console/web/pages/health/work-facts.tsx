import type { HealthOverview, TaskState } from '../../../api/contract.js';
import { Link } from '../../frame/route.js';
import { useLanguage, useText } from '../../language/language.js';
import { countText } from '../../language/times.js';
import { Moment } from '../../parts/moment.js';
import { stateNames } from '../../parts/task-state.js';
import { texts } from './texts.js';

/** How much there is to do, in numbers. */
export function WorkFacts({ health }: { readonly health: HealthOverview }) {
  const text = useText();
  const { language } = useLanguage();
  const { tasks, oldestUnsettled, rules, startedAt } = health;
  return (
    <section className="box" aria-labelledby="work">
      <h2 id="work">{text(texts.work)}</h2>
      {tasks === undefined && <p className="field-problems">{text(texts.noJournal)}</p>}
      <dl className="facts">
        {Object.entries(tasks ?? {}).map(([state, count]) => (
          <div key={state}>
            <dt>{text(stateNames[state as TaskState])}</dt>
            <dd className="figure">
              <Link to={`tasks?state=${state}`}>{countText(count, language)}</Link>
            </dd>
          </div>
        ))}
        {oldestUnsettled !== undefined && (
          <div>
            <dt>{text(texts.oldest)}</dt>
            <dd>
              <Moment at={oldestUnsettled} />
            </dd>
          </div>
        )}
        <div>
          <dt>{text(texts.rulesOn)}</dt>
          <dd className="figure">
            <Link to="rules">{countText(rules, language)}</Link>
          </dd>
        </div>
        <div>
          <dt>{text(texts.running)}</dt>
          <dd>
            <Moment at={startedAt} />
          </dd>
        </div>
      </dl>
    </section>
  );
}
