import dictionary from 'opencc-js/dict/TSCharacters';

let table: ReadonlyMap<number, number> | undefined;

/**
 * Traditional characters and their simplified forms, one code point each.
 * Characters only, never phrases: so the parts of a text fold to the parts of the folded text.
 */
export function simplifiedForms(): ReadonlyMap<number, number> {
  table ??= read(dictionary);
  return table;
}

function read(text: string): ReadonlyMap<number, number> {
  const direct = new Map<number, number>();
  for (const pair of text.split('|')) {
    const [from, to] = pair.split(' ').map((character) => character.codePointAt(0));
    if (from !== undefined && to !== undefined && from !== to) direct.set(from, to);
  }
  return new Map([...direct.keys()].map((from) => [from, follow(direct, from)]));
}

/** The form that is simplified no further (薴 → 苧 → 苎); stops where the dictionary goes in rings. */
function follow(direct: ReadonlyMap<number, number>, from: number): number {
  let current = from;
  for (let steps = 0; steps < 4; steps += 1) {
    const next = direct.get(current);
    if (next === undefined) break;
    current = next;
  }
  return current;
}
