import { isScalar, type Pair, type YAMLMap } from 'yaml';
import { isPlainObject } from '../../../config/plain-data.js';
import { type ChangeNode, type Editing, known, UnusualLayout } from './edit.js';
import { columnOf, contentEnd, lineEnd, lineStart, startOf } from './extent.js';
import { inline, pairLines } from './render.js';

type Plain = Readonly<Record<string, unknown>>;

/** Changes the pairs of a map that differ; the lines of all others stay as they are. */
export function editMap(
  editing: Editing,
  map: YAMLMap,
  { before, after, change }: { before: Plain; after: Plain; change: ChangeNode },
): void {
  const own = (key: string) =>
    map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const pairs = gone.map((key) => known(own(key)));
  // All of a map gone leaves a bracket behind: whoever holds the map writes that.
  if (pairs.length > 0 && pairs.length === map.items.length) throw new UnusualLayout();
  deletePairs(editing, map, pairs);
  for (const [key, value] of Object.entries(after)) {
    const pair = own(key);
    if (pair === undefined) addPair(editing, map, key, value);
    else if (!change(pair.value, before[key], value)) replacePair(editing, map, pair, value);
  }
}

function deletePairs(editing: Editing, map: YAMLMap, pairs: readonly Pair[]): void {
  const { text, edits, eol } = editing;
  for (const pair of pairs) {
    const start = known(startOf(pair.key));
    if (map.flow === true) {
      edits.push(flowRange(map, pair));
      continue;
    }
    const end = lineEnd(text, known(contentEnd(pair)));
    const line = lineStart(text, start);
    // The first key on the line of its dash: the dash stays, alone.
    if (text.slice(line, start).trim() === '') edits.push({ from: line, to: end, text: '' });
    else edits.push({ from: start, to: end, text: eol });
  }
}

function flowRange(map: YAMLMap, pair: Pair) {
  const index = map.items.indexOf(pair);
  const [former, next] = [map.items[index - 1], map.items[index + 1]];
  // Two neighbours gone would overlap: rare enough for the other way.
  if (next !== undefined) {
    return { from: known(startOf(pair.key)), to: known(startOf(next.key)), text: '' };
  }
  return { from: known(contentEnd(former)), to: known(contentEnd(pair)), text: '' };
}

function addPair(editing: Editing, map: YAMLMap, key: string, value: unknown): void {
  const { text, eol, edits } = editing;
  const first = known(startOf(known(map.items[0]).key));
  // On and off is looked for behind the name; everything else is added at the end.
  const named = map.items.find((pair) => isScalar(pair.key) && pair.key.value === 'name');
  const neighbour = key === 'enabled' && named !== undefined ? named : known(map.items.at(-1));
  const end = known(contentEnd(neighbour));
  if (map.flow === true) {
    edits.push({ from: end, to: end, text: `, ${inline(key)}: ${inline(value)}` });
    return;
  }
  const at = lineEnd(text, end);
  const lines = pairLines(key, value, columnOf(text, first)).join(eol);
  const isOpen = at > 0 && text[at - 1] !== '\n';
  edits.push({ from: at, to: at, text: isOpen ? `${eol}${lines}` : `${lines}${eol}` });
}

/** Writes a key and its value anew, at its place. */
function replacePair(editing: Editing, map: YAMLMap, pair: Pair, value: unknown): void {
  const { text, eol, edits } = editing;
  const start = known(startOf(pair.key));
  const key = String(isScalar(pair.key) ? pair.key.value : known(undefined));
  const end = known(contentEnd(pair));
  if (map.flow === true || !(isPlainObject(value) || spansLines(text, start, end))) {
    edits.push({ from: start, to: end, text: `${inline(key)}: ${inline(value)}` });
    return;
  }
  const lines = pairLines(key, value, columnOf(text, start)).join(eol).trimStart();
  const to = lineEnd(text, end);
  edits.push({ from: start, to, text: text[to - 1] === '\n' ? `${lines}${eol}` : lines });
}

function spansLines(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes('\n');
}
