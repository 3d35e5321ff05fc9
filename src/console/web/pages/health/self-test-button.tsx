import { Button } from 'antd';
import { useState } from 'react';
import type { SelfTest } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useLanguage, useText } from '../../language/language.js';
import { durationText } from '../../language/times.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { Mark } from '../../parts/mark.js';
import { Words } from '../../parts/words.js';
import { texts } from './texts.js';

/** Asks a bot to test itself, and shows each step. */
export function SelfTestButton({ bot, name }: { readonly bot: string; readonly name: string }) {
  const text = useText();
  const { language } = useLanguage();
  const { isRunning, failure, run } = useAction();
  const [tested, setTested] = useState<SelfTest>();
  const start = () => {
    void run(async () => {
      setTested(await call('POST /bots/:key/self-test', { params: { key: bot } }));
    });
  };
  return (
    <div className="self-test">
      <Button loading={isRunning} aria-label={text(texts.selfTest(name))} onClick={start}>
        {text(texts.testIt)}
      </Button>
      {failure && <FailureAlert failure={failure} />}
      {tested && (
        <output>
          <p>
            <Mark tone={tested.passed ? 'good' : 'bad'}>
              {text(tested.passed ? texts.passed : texts.failed)}
            </Mark>{' '}
            <span className="quiet">
              {text(texts.took(durationText(tested.durationMs, language)))}
            </span>
          </p>
          <ul className="problems">
            {tested.steps.map((step) => (
              <li key={step.text.en}>
                <Mark tone={step.passed ? 'good' : 'bad'}>
                  {text(step.passed ? texts.passed : texts.failed)}
                </Mark>{' '}
                <Words of={step.text} />
              </li>
            ))}
          </ul>
        </output>
      )}
    </div>
  );
}
