/** A piece of text to be replaced; `from` equal to `to`: to be inserted. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What is edited, and the edits so far. */
export interface Editing {
  readonly text: string;
  /** The file's line end. */
  readonly eol: string;
  readonly edits: Edit[];
}

/**
 * Makes a node say something else. False: it has to be written anew by whoever holds it, and
 * nothing was changed.
 */
export type ChangeNode = (node: unknown, before: unknown, after: unknown) => boolean;

/** The layout is one that cannot be edited in place: another way has to be taken. */
export class UnusualLayout extends Error {}

/** Something that is always there in a document read from text. */
export function known<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new UnusualLayout();
  return value;
}

/** The text from `from` to `to` with the edits made that lie in there. */
export function edited({ text, edits }: Editing, from = 0, to = text.length): string {
  const mine = edits
    .filter((edit) => edit.from >= from && edit.to <= to)
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
  let result = '';
  let at = from;
  for (const edit of mine) {
    if (edit.from < at) throw new UnusualLayout();
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at, to);
}
