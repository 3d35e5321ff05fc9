import stringWidth from 'string-width';

/** Fills a text up with spaces to `width` columns; a Chinese character takes two of them. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** The columns that the widest of the texts takes. */
function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, stringWidth(text)), 0);
}

/**
 * Lines up rows: every cell but the last of its row is as wide as the widest above and below it,
 * with two spaces behind it.
 */
export function alignRows(rows: readonly (readonly string[])[]): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    widest(rows.map((row) => (column < row.length - 1 ? (row[column] ?? '') : ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => (column < row.length - 1 ? padTo(cell, widths[column] ?? 0) : cell))
      .join('  ')
      .trimEnd(),
  );
}
