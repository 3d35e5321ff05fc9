import { isDeepStrictEqual } from 'node:util';
import type { YAMLSeq } from 'yaml';
import { type ChangeNode, type Editing, known, UnusualLayout } from './edit.js';
import { columnOf, contentEnd, lineEnd, lineStart, startOf } from './extent.js';
import { inline } from './render.js';

/** Changes the entries of a list that differ; the lines of all others stay as they are. */
export function editList(
  editing: Editing,
  list: YAMLSeq,
  {
    before,
    after,
    change,
  }: { before: readonly unknown[]; after: readonly unknown[]; change: ChangeNode },
): void {
  const head = sameFrom(before, after);
  const tail = sameFrom(before.slice(head).toReversed(), after.slice(head).toReversed());
  const old = list.items.slice(head, list.items.length - tail);
  const fresh = after.slice(head, after.length - tail);
  const paired = Math.min(old.length, fresh.length);
  for (let index = 0; index < paired; index += 1) {
    if (!change(old[index], before[head + index], fresh[index])) {
      const [from, to] = [known(startOf(old[index])), known(contentEnd(old[index]))];
      if (editing.text.slice(from, to).includes('\n')) throw new UnusualLayout();
      editing.edits.push({ from, to, text: inline(fresh[index]) });
    }
  }
  deleteEntries(editing, list, { from: head + paired, to: head + old.length });
  const added = fresh.slice(paired);
  if (added.length > 0) insertEntries(editing, list, head + paired, added);
}

function sameFrom(one: readonly unknown[], other: readonly unknown[]): number {
  let count = 0;
  const most = Math.min(one.length, other.length);
  while (count < most && isDeepStrictEqual(one[count], other[count])) count += 1;
  return count;
}

function deleteEntries(
  { text, edits }: Editing,
  list: YAMLSeq,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  if (from >= to) return;
  if (list.flow === true) {
    const next = list.items[to];
    edits.push(
      next === undefined
        ? {
            from: known(contentEnd(list.items[from - 1])),
            to: known(contentEnd(list.items[to - 1])),
            text: '',
          }
        : { from: known(startOf(list.items[from])), to: known(startOf(next)), text: '' },
    );
    return;
  }
  for (const item of list.items.slice(from, to)) {
    const start = lineStart(text, known(startOf(item)));
    edits.push({ from: start, to: lineEnd(text, known(contentEnd(item))), text: '' });
  }
}

function insertEntries(
  { text, edits, eol }: Editing,
  list: YAMLSeq,
  place: number,
  values: readonly unknown[],
): void {
  const former = list.items[place - 1];
  // In front of all the others: there is no entry to go by.
  if (former === undefined) throw new UnusualLayout();
  const end = known(contentEnd(former));
  if (list.flow === true) {
    edits.push({ from: end, to: end, text: values.map((value) => `, ${inline(value)}`).join('') });
    return;
  }
  const start = known(startOf(former));
  const line = lineStart(text, start);
  const dash = text.slice(line, start).lastIndexOf('-');
  if (dash < 0 || text.slice(line, line + dash).trim() !== '') throw new UnusualLayout();
  const indent = ' '.repeat(columnOf(text, line + dash));
  const lines = values.map((value) => `${indent}- ${inline(value)}`).join(eol);
  const at = lineEnd(text, end);
  const isOpen = text[at - 1] !== '\n';
  edits.push({ from: at, to: at, text: isOpen ? `${eol}${lines}` : `${lines}${eol}` });
}
