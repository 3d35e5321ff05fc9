import type { InstanceRow } from '../../../api/contract.js';
import { useText } from '../../language/language.js';
import { Mark, type Tone } from '../../parts/mark.js';
import { Moment } from '../../parts/moment.js';
import { type Column, Rows } from '../../parts/rows.js';
import { texts } from './texts.js';

const tones: Readonly<Record<InstanceRow['state'], Tone>> = {
  running: 'good',
  draining: 'busy',
  stopped: 'quiet',
  lost: 'bad',
};

/** The programs that share the journal, and whether they go by the same rules. */
export function InstanceTable({ instances }: { readonly instances: readonly InstanceRow[] }) {
  const text = useText();
  const own = instances.find(({ isSelf }) => isSelf)?.rules;
  const columns: readonly Column<InstanceRow>[] = [
    {
      key: 'place',
      title: text(texts.place),
      kind: 'name',
      render: ({ place, isSelf }) => (
        <>
          <span className="address">{place}</span>
          {isSelf && <p className="quiet">{text(texts.thisInstance)}</p>}
        </>
      ),
    },
    {
      key: 'state',
      title: text(texts.instanceState),
      render: ({ state }) => <Mark tone={tones[state]}>{text(texts.instanceStates[state])}</Mark>,
    },
    { key: 'version', title: text(texts.version), render: ({ version }) => version },
    {
      key: 'rules',
      title: text(texts.rules),
      render: ({ rules, state }) => {
        const isOther = own !== undefined && rules !== own && state === 'running';
        return isOther ? (
          <Mark tone="warning">{text(texts.otherRules)}</Mark>
        ) : (
          text(rules === own ? texts.sameRules : texts.otherRules)
        );
      },
    },
    {
      key: 'startedAt',
      title: text(texts.running),
      render: ({ startedAt }) => <Moment at={startedAt} />,
    },
  ];
  return (
    <Rows
      label={text(texts.instances)}
      columns={columns}
      rows={instances}
      keyOf={({ place, startedAt }) => `${place} ${startedAt}`}
    />
  );
}
