import { Switch, Tooltip } from 'antd';
import { type ReactNode, useMemo } from 'react';
import type { RuleRow } from '../../../api/contract.js';
import { Link, pathOf, rulePath } from '../../frame/route.js';
import { useText } from '../../language/language.js';
import { Address } from '../../parts/address.js';
import { Mark } from '../../parts/mark.js';
import { Moment } from '../../parts/moment.js';
import { type Column, Rows } from '../../parts/rows.js';
import { texts as partTexts } from '../../parts/texts.js';
import { Words } from '../../parts/words.js';
import type { Wanted } from './change-dialog.js';
import { OrderCell } from './order-cell.js';
import { RuleTools } from './rule-tools.js';
import { texts } from './texts.js';
import { useDragging } from './use-dragging.js';

interface Props {
  /** The page of them that is shown. */
  readonly rules: readonly RuleRow[];
  /** The place of the first among all. */
  readonly first: number;
  readonly total: number;
  readonly isEditable: boolean;
  /** Absent: only some are shown, so there is no order to change. */
  readonly onMove: ((name: string, to: number) => void) | undefined;
  readonly onWant: (wanted: Wanted) => void;
}

/** The rules, one a row. */
export function RuleTable(props: Props) {
  const { rules, first, total, isEditable, onMove } = props;
  const text = useText();
  const dragging = useDragging((name, target) => {
    onMove?.(name, first + rules.findIndex((rule) => rule.name === target));
  });
  const isMovable = isEditable && onMove !== undefined;
  const places = useMemo(
    () => new Map(rules.map(({ name }, index) => [name, first + index])),
    [rules, first],
  );
  const order: Column<RuleRow> = {
    key: 'order',
    title: text(texts.order),
    kind: 'tools',
    render: ({ name }) => (
      <OrderCell
        name={name}
        place={places.get(name) ?? 0}
        total={total}
        grip={dragging.grip}
        onMove={onMove}
      />
    ),
  };
  return (
    <Rows
      label={text(texts.title)}
      columns={isMovable ? [order, ...columnsOf(props, text)] : columnsOf(props, text)}
      rows={rules}
      keyOf={({ name }) => name}
      {...(isMovable && { rowProps: ({ name }: RuleRow) => dragging.rowProps(name) })}
    />
  );
}

function columnsOf(
  { isEditable, onWant }: Props,
  text: ReturnType<typeof useText>,
): readonly Column<RuleRow>[] {
  return [
    {
      key: 'name',
      title: text(texts.name),
      kind: 'name',
      render: ({ name }) => <Link to={rulePath(name)}>{name}</Link>,
    },
    {
      key: 'state',
      title: text(texts.state),
      render: (rule) => <StateCell rule={rule} isEditable={isEditable} onWant={onWant} />,
    },
    {
      key: 'trigger',
      title: text(texts.trigger),
      kind: 'wide',
      render: (rule) => text(rule.trigger),
    },
    {
      key: 'url',
      title: text(texts.url),
      kind: 'wide',
      render: ({ url }) => <Address url={url} />,
    },
    { key: 'hits', title: text(texts.hits), kind: 'number', render: ({ hitsToday }) => hitsToday },
    { key: 'failure', title: text(texts.failure), render: (rule) => <FailureCell rule={rule} /> },
    {
      key: 'tools',
      title: text(partTexts.actions),
      isTitleHidden: true,
      kind: 'tools',
      render: ({ name }) => <RuleTools name={name} isEditable={isEditable} onWant={onWant} />,
    },
  ];
}

function StateCell({
  rule: { name, enabled, state },
  isEditable,
  onWant,
}: { readonly rule: RuleRow } & Pick<Props, 'isEditable' | 'onWant'>): ReactNode {
  const text = useText();
  return (
    <span className="in-row state">
      <Switch
        size="small"
        checked={enabled}
        disabled={!isEditable}
        aria-label={text(texts.toggle(name))}
        onChange={(checked) => onWant({ kind: 'enable', name, enabled: checked })}
      />
      {(state === 'resting' || state === 'broken') && (
        <Tooltip title={text(state === 'resting' ? texts.restingHelp : texts.brokenHelp)}>
          <span>
            <Mark tone={state === 'resting' ? 'warning' : 'bad'}>{text(texts[state])}</Mark>
          </span>
        </Tooltip>
      )}
    </span>
  );
}

function FailureCell({ rule: { lastFailure } }: { readonly rule: RuleRow }): ReactNode {
  const text = useText();
  if (lastFailure === undefined) return <span className="quiet">{text(texts.none)}</span>;
  return (
    <Link
      to={pathOf('tasks', lastFailure.task)}
      className="failure"
      title={text(lastFailure.text).replaceAll('`', '')}
    >
      <Moment at={lastFailure.at} />
      <span className="failure-text">
        <Words of={lastFailure.text} />
      </span>
    </Link>
  );
}
