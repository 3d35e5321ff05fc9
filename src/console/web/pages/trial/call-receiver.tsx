import { ApiOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { TrialBody, TrialCall } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useLanguage, useText } from '../../language/language.js';
import { durationText } from '../../language/times.js';
import { RequestView, ResponseView } from '../../parts/exchange.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { Mark, type Tone } from '../../parts/mark.js';
import { Words } from '../../parts/words.js';
import { texts } from './texts.js';

interface Props {
  readonly rule: string;
  readonly body: TrialBody;
}

/** Really calls the receiver of a rule, and shows what went there and what came back. */
export function CallReceiver({ rule, body }: Props) {
  const text = useText();
  const { isRunning, failure, run } = useAction();
  const [called, setCalled] = useState<TrialCall>();
  const start = () => {
    void run(async () => setCalled(await call('POST /try/call', { body: { ...body, rule } })));
  };
  return (
    <div className="call">
      <div className="buttons">
        <Button
          icon={<ApiOutlined />}
          loading={isRunning}
          aria-label={text(texts.call(rule))}
          onClick={start}
        >
          {text(texts.callIt)}
        </Button>
        <span className="quiet">{text(texts.callHelp)}</span>
      </div>
      {failure && <FailureAlert failure={failure} />}
      {called && <CalledView called={called} />}
    </div>
  );
}

const tones: Readonly<Record<TrialCall['outcome'], Tone>> = {
  answered: 'good',
  refused: 'warning',
  retry: 'warning',
  dead: 'bad',
};

function CalledView({ called }: { readonly called: TrialCall }) {
  const text = useText();
  const { language } = useLanguage();
  const { outcome, durationMs, request, response, replies } = called;
  return (
    <div className="called">
      <output>
        <Mark tone={tones[outcome]}>{text(texts.outcome[outcome])}</Mark> <Words of={called.text} />{' '}
        <span className="quiet">{text(texts.took(durationText(durationMs, language)))}</span>
      </output>
      {replies.length === 0 ? (
        <p>{text(texts.saysNothing)}</p>
      ) : (
        <>
          <h3>{text(texts.wouldSay)}</h3>
          <ul className="said">
            {replies.map((reply, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- replies may be alike
              <li key={index}>{reply.text ?? text(texts.notText(reply.type))}</li>
            ))}
          </ul>
        </>
      )}
      {request && <RequestView request={request} />}
      <ResponseView response={response} />
    </div>
  );
}
