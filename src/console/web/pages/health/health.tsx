import { Spin } from 'antd';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { useLoaded } from '../../api/use-loaded.js';
import { useText } from '../../language/language.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { PageHead } from '../../parts/page-head.js';
import { useInterval } from '../../parts/use-interval.js';
import { useThrottled } from '../../parts/use-throttled.js';
import { BotCard } from './bot-card.js';
import { ChartsBox } from './charts-box.js';
import { InstanceTable } from './instance-table.js';
import { ReceiverTable } from './receiver-table.js';
import { texts } from './texts.js';
import { WorkFacts } from './work-facts.js';

const refreshEveryMs = 15_000;

/** Bots, receivers, and how much there is to do. */
export function Health() {
  const text = useText();
  const { data, failure, reload } = useLoaded('health', (signal) =>
    call('GET /health', {}, signal),
  );
  useLive(['health', 'rules'], useThrottled(reload, 2000));
  useInterval(reload, refreshEveryMs);
  return (
    <>
      <PageHead title={text(texts.title)} />
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {data === undefined && failure === undefined && <Spin className="waiting" size="large" />}
      {data && (
        <>
          <WorkFacts health={data} />
          {data.instances && (
            <>
              <h2 className="section-title">{text(texts.instances)}</h2>
              <InstanceTable instances={data.instances} />
            </>
          )}
          <h2 className="section-title">{text(texts.bots)}</h2>
          {data.bots.length === 0 && <p className="quiet">{text(texts.noBots)}</p>}
          <div className="cards">
            {data.bots.map((bot) => (
              <BotCard key={bot.key} bot={bot} />
            ))}
          </div>
          <h2 className="section-title">{text(texts.receivers)}</h2>
          {data.receivers.length === 0 ? (
            <p className="quiet">{text(texts.noReceivers)}</p>
          ) : (
            <ReceiverTable receivers={data.receivers} />
          )}
          <ChartsBox />
        </>
      )}
    </>
  );
}
