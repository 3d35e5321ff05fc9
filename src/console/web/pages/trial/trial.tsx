import { useEffect, useRef, useState } from 'react';
import type { TrialBody, Trial as Verdict } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useRoute } from '../../frame/route.js';
import { useSession } from '../../frame/session.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { PageHead } from '../../parts/page-head.js';
import { ChatPane } from './chat-pane.js';
import { MessageForm } from './message-form.js';
import { texts } from './texts.js';
import { Verdicts } from './verdicts.js';

interface Tried {
  readonly body: TrialBody;
  readonly verdict: Verdict;
}

/** A message as it would come: what every rule says of it, and what a receiver answers. */
export function Trial() {
  const text = useText();
  const { session } = useSession();
  const { query } = useRoute();
  const { isRunning, failure, run } = useAction();
  const [tried, setTried] = useState<Tried>();
  const place = useRef<HTMLElement>(null);
  const told = failure ?? tried;
  useEffect(() => {
    if (told !== undefined) bringIntoSight(place.current);
  }, [told]);
  const submit = (body: TrialBody) => {
    void run(async () => {
      const verdict = await call('POST /try', { body });
      setTried({ body, verdict });
    });
  };
  return (
    <>
      <PageHead title={text(texts.title)} />
      <div className="columns">
        <div>
          <section className="box">
            <h2>{text(texts.message)}</h2>
            <MessageForm beginning={query} isRunning={isRunning} onSubmit={submit} />
          </section>
          {session.chat && <ChatPane />}
        </div>
        <section className="box" aria-labelledby="verdicts" ref={place} tabIndex={-1}>
          <h2 id="verdicts">{text(texts.verdicts)}</h2>
          {failure && <FailureAlert failure={failure} />}
          {tried === undefined ? (
            <p className="quiet">{text(texts.notYet)}</p>
          ) : (
            <Verdicts body={tried.body} verdict={tried.verdict} />
          )}
        </section>
      </div>
    </>
  );
}

/** On a phone the verdicts stand below the form: whoever pressed the button would see nothing happen. */
function bringIntoSight(place: HTMLElement | null): void {
  if (place === null || place.getBoundingClientRect().top < innerHeight / 2) return;
  place.scrollIntoView();
  place.focus({ preventScroll: true });
}
