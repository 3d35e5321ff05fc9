import type { ReceiverRow } from '../../../api/contract.js';
import { useLanguage, useText } from '../../language/language.js';
import { countText, durationText } from '../../language/times.js';
import { Mark, type Tone } from '../../parts/mark.js';
import { type Column, Rows } from '../../parts/rows.js';
import { texts } from './texts.js';

const tones: Readonly<Record<ReceiverRow['breaker'], Tone>> = {
  closed: 'good',
  'half-open': 'warning',
  open: 'bad',
};

/** More names than these are counted. */
const mostNames = 5;

/** What rules call: is it called at all, how often does it fail, how long does it take. */
export function ReceiverTable({ receivers }: { readonly receivers: readonly ReceiverRow[] }) {
  const text = useText();
  const { language } = useLanguage();
  const time = (ms: number | undefined) => (ms === undefined ? '–' : durationText(ms, language));
  const columns: readonly Column<ReceiverRow>[] = [
    {
      key: 'origin',
      title: text(texts.origin),
      kind: 'name',
      render: ({ origin }) => <span className="address">{origin}</span>,
    },
    {
      key: 'breaker',
      title: text(texts.breaker),
      render: ({ breaker }) => (
        <>
          <Mark tone={tones[breaker]}>{text(texts.breakers[breaker])}</Mark>
          {breaker === 'open' && <p className="quiet">{text(texts.breakerHelp)}</p>}
        </>
      ),
    },
    {
      key: 'calls',
      title: text(texts.calls),
      kind: 'number',
      render: ({ callsLastHour }) => countText(callsLastHour, language),
    },
    {
      key: 'failures',
      title: text(texts.failures),
      kind: 'number',
      render: ({ failuresLastHour }) => countText(failuresLastHour, language),
    },
    {
      key: 'latency',
      title: text(texts.latency),
      render: ({ p50Ms, p95Ms }) => `${time(p50Ms)} / ${time(p95Ms)}`,
    },
    {
      key: 'rules',
      title: text(texts.rules),
      kind: 'wide',
      render: ({ rules }) =>
        rules.length > mostNames ? text(texts.ruleCount(rules.length)) : rules.join(', '),
    },
  ];
  return (
    <Rows
      label={text(texts.receivers)}
      columns={columns}
      rows={receivers}
      keyOf={({ origin }) => origin}
    />
  );
}
