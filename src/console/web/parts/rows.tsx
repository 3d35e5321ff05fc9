import type { HTMLAttributes, ReactNode } from 'react';

/** A column of a list. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** The title is there for screen readers only: the column explains itself. */
  readonly isTitleHidden?: true;
  readonly render: (row: Row) => ReactNode;
  /** `name`: heads the card on a phone; `check-cell`: beside it; `tools`: buttons; `number`: set to the right. */
  readonly kind?: 'name' | 'check-cell' | 'tools' | 'number' | 'wide';
}

interface Props<Row> {
  /** What the list holds, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** More of each row: what it does when something is dragged over it. */
  readonly rowProps?: (row: Row) => HTMLAttributes<HTMLTableRowElement>;
}

/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- see below */
/**
 * A list as a table, which on a phone becomes one card for each row. The roles are written out
 * because a table that is laid out as blocks loses its own.
 */
export function Rows<Row>({ label, columns, rows, keyOf, rowProps }: Props<Row>) {
  return (
    <table className="rows" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, title, kind, isTitleHidden }) => (
            <th key={key} role="columnheader" scope="col" className={kind}>
              {isTitleHidden ? <span className="unseen">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row" {...rowProps?.(row)}>
            {columns.map(({ key, title, kind, isTitleHidden, render }) => (
              <td key={key} role="cell" className={kind} data-title={isTitleHidden ? '' : title}>
                <div className="cell">{render(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
