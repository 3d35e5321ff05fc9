import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import { isPlainObject } from '../../../config/plain-data.js';
import { type ChangeNode, type Editing, known } from './edit.js';
import { editList } from './edit-list.js';
import { editMap } from './edit-map.js';
import { inline } from './render.js';

/**
 * Notes the edits that make a node of a document say something else, as few and as small as they
 * can be: a changed value is replaced where it stands, a new key is a new line.
 *
 * @throws UnusualLayout
 */
export function changeNode(editing: Editing): ChangeNode {
  const change: ChangeNode = (node, before, after) => {
    if (isDeepStrictEqual(before, after)) return true;
    return (
      changeMap(editing, change, { node, before, after }) ??
      changeList(editing, change, { node, before, after }) ??
      replaceScalar(editing, node, after)
    );
  };
  return change;
}

interface Wanted {
  readonly node: unknown;
  readonly before: unknown;
  readonly after: unknown;
}

function changeMap(editing: Editing, change: ChangeNode, wanted: Wanted): boolean | undefined {
  const { node, before, after } = wanted;
  if (!isMap(node) || !isPlainObject(before) || !isPlainObject(after)) return undefined;
  if (Object.keys(after).length === 0 || node.items.length === 0) return false;
  editMap(editing, node, { before, after, change });
  return true;
}

function changeList(editing: Editing, change: ChangeNode, wanted: Wanted): boolean | undefined {
  const { node, before, after } = wanted;
  if (!isSeq(node) || !Array.isArray(before) || !Array.isArray(after)) return undefined;
  if (after.length === 0 || node.items.length === 0) return false;
  editList(editing, node, { before, after, change });
  return true;
}

/** A single value on one line, or the name of another (`*name`), by a single value. */
function replaceScalar({ text, edits }: Editing, node: unknown, after: unknown): boolean {
  if (typeof after === 'object' && after !== null) return false;
  if (!isScalar(node) && !isAlias(node)) return false;
  const [from, to] = known(node.range);
  if (text.slice(from, to).includes('\n')) return false;
  // `users:` and nothing behind it.
  const isGlued = from > 0 && text[from - 1] === ':';
  edits.push({ from, to, text: `${isGlued ? ' ' : ''}${inline(after)}` });
  return true;
}
