import { Segmented } from 'antd';
import { useState } from 'react';
import type { Charts } from '../../../api/contract.js';
import { call } from '../../api/client.js';
import { useLoaded } from '../../api/use-loaded.js';
import { useLanguage, useText } from '../../language/language.js';
import { countText, durationText } from '../../language/times.js';
import { FailureAlert } from '../../parts/failure-alert.js';
import { useInterval } from '../../parts/use-interval.js';
import { BarChart } from './bar-chart.js';
import { texts } from './texts.js';

const refreshEveryMs = 30_000;
const series = ['messages', 'tasks', 'failures', 'p95Ms'] as const;

/** What happened over the last hour or day. */
export function ChartsBox() {
  const text = useText();
  const [span, setSpan] = useState<'hour' | 'day'>('hour');
  const { data, failure, reload } = useLoaded(`charts ${span}`, (signal) =>
    call('GET /charts', { query: { span } }, signal),
  );
  useInterval(reload, refreshEveryMs);
  return (
    <section aria-labelledby="charts">
      <div className="charts-head">
        <h2 id="charts">{text(texts.charts)}</h2>
        <Segmented
          name="span"
          aria-label={text(texts.span)}
          value={span}
          options={(['hour', 'day'] as const).map((value) => ({
            value,
            label: text(texts[value]),
          }))}
          onChange={setSpan}
        />
      </div>
      {failure && <FailureAlert failure={failure} onRetry={reload} />}
      {data && (
        <div className="cards">
          {series.map((key) => (
            <ChartCard key={key} of={key} charts={data} />
          ))}
        </div>
      )}
    </section>
  );
}

interface CardProps {
  readonly of: (typeof series)[number];
  readonly charts: Charts;
}

function ChartCard({ of, charts: { points, stepMs } }: CardProps) {
  const text = useText();
  const { language } = useLanguage();
  const isTime = of === 'p95Ms';
  const bars = points.map((point) => ({ at: point.at, value: point[of] }));
  const values = bars.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const sum = values.reduce((total, value) => total + value, 0);
  const say = (value: number) =>
    isTime ? durationText(value, language) : countText(value, language);
  const peak = text(texts.peak(say(Math.max(0, ...values))));
  const summary = isTime ? peak : text(texts.total(say(sum)));
  return (
    <figure className="box chart">
      <figcaption>
        <strong>{text(texts.chart[of])}</strong>{' '}
        <span className="quiet">{sum === 0 ? text(texts.nothing) : summary}</span>
      </figcaption>
      <BarChart
        label={`${text(texts.chart[of])}: ${sum === 0 ? text(texts.nothing) : summary}`}
        bars={bars}
        stepMs={stepMs}
        isBad={of === 'failures'}
        say={say}
      />
    </figure>
  );
}
