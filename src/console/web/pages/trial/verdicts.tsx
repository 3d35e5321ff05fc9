import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Trial, TrialBody } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { SeenView } from '../../parts/seen-view.js';
import { VerdictLine } from '../../parts/verdict-line.js';
import { CallReceiver } from './call-receiver.js';
import { texts } from './texts.js';

interface Props {
  readonly body: TrialBody;
  readonly verdict: Trial;
}

/** So many that do not match are shown at first, and more each time. */
const step = 50;

/** What every rule says of a message: those that match first, then the others with their reason. */
export function Verdicts({ body, verdict: { seen, rules, untold } }: Props) {
  const text = useText();
  const [shown, setShown] = useState(step);
  const matched = rules.filter((rule) => rule.matched);
  const others = rules.filter((rule) => !rule.matched);
  const left = others.length - shown;
  return (
    <>
      <output className="verdict-summary">
        {text(texts.summary(matched.length, rules.length))}
      </output>
      <SeenView seen={seen} />
      {untold.length > 0 && (
        <Alert
          className="notice"
          type="warning"
          showIcon
          title={text(texts.untold(untold.map((what) => text(texts.unsaid[what]))))}
        />
      )}
      <ul className="verdicts">
        {matched.map((rule) => (
          <VerdictLine key={rule.rule} verdict={rule}>
            <CallReceiver key={JSON.stringify(body)} rule={rule.rule} body={body} />
          </VerdictLine>
        ))}
        {others.slice(0, shown).map((rule) => (
          <VerdictLine key={rule.rule} verdict={rule} />
        ))}
      </ul>
      {left > 0 && (
        <Button onClick={() => setShown(shown + step)}>
          {text(texts.showAll(Math.min(left, step)))}
        </Button>
      )}
    </>
  );
}
