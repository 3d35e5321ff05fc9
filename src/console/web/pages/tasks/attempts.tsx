import type { MaybeText, TaskAttempt, TaskDetail } from '../../../api/contract.js';
import { useLanguage, useText } from '../../language/language.js';
import { durationText } from '../../language/times.js';
import { Code } from '../../parts/code.js';
import { RequestView, ResponseView } from '../../parts/exchange.js';
import { Mark } from '../../parts/mark.js';
import { MaybeTextView } from '../../parts/maybe-text.js';
import { Moment } from '../../parts/moment.js';
import { Words } from '../../parts/words.js';
import { texts } from './texts.js';

/** Every call of a task, the oldest first; a replay stands between those before it and those after. */
export function Attempts({ detail: { attempts, task } }: { readonly detail: TaskDetail }) {
  const text = useText();
  const before = attempts.filter(({ startedAt }) => startedAt < task.arrivedAt).length;
  const replay = (
    <p className="replay quiet">
      {text(texts.replayedAt)} <Moment at={task.arrivedAt} />
    </p>
  );
  return (
    <section className="box" aria-labelledby="calls">
      <h2 id="calls">{text(texts.calls)}</h2>
      {attempts.length === 0 && <p className="quiet">{text(texts.noCalls)}</p>}
      <ol className="attempts">
        {attempts.map((attempt, index) => (
          <li key={attempt.startedAt}>
            {index > 0 && index === before && replay}
            <AttemptView n={index + 1} attempt={attempt} />
          </li>
        ))}
        {before > 0 && before === attempts.length && <li>{replay}</li>}
      </ol>
    </section>
  );
}

function AttemptView({ n, attempt }: { readonly n: number; readonly attempt: TaskAttempt }) {
  const text = useText();
  const { language } = useLanguage();
  const { startedAt, durationMs, status, reason, text: why, request, response, body } = attempt;
  const outcome = status ?? reason;
  return (
    <>
      <div className="attempt-head">
        <h3>{text(texts.call(n))}</h3>
        <Moment at={startedAt} />
        <span>{text(texts.took(durationText(durationMs, language)))}</span>
        {outcome !== undefined && (
          <Mark tone={reason === undefined ? 'good' : 'bad'}>{outcome}</Mark>
        )}
      </div>
      {why && (
        <p>
          <Words of={why} />
        </p>
      )}
      {request && <RequestView request={request} />}
      {response && <ResponseView response={response} />}
      {response === undefined && body && <AnswerBody body={body} />}
      {request === undefined && <p className="quiet">{text(texts.forgotten)}</p>}
    </>
  );
}

/** What the journal has kept of an answer. */
function AnswerBody({ body }: { readonly body: MaybeText }) {
  const text = useText();
  return (
    <div className="exchange">
      <h3>{text(texts.answered)}</h3>
      {body.text === undefined ? <MaybeTextView value={body} /> : <Code code={body.text} />}
    </div>
  );
}
