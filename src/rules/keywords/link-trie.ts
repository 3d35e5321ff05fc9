import { Automaton, childBit, endingFlag, nodeParts } from './automaton.js';
import { slotOf } from './slot.js';

/** A trie of keywords; node 0 is the root, children have higher numbers than their parents. */
export interface Trie {
  readonly parents: Int32Array;
  /** The code unit that leads from the parent to the node. */
  readonly units: Uint16Array;
  /** How many code units lead to the node. */
  readonly depths: Int32Array;
  /** The node at which each keyword ends. */
  readonly ends: readonly number[];
}

/** Makes an automaton of a trie, in time linear in the length of all keywords together. */
export function linkTrie(trie: Trie): Automaton {
  const order = orderByDepth(trie.depths);
  const numbers = new Int32Array(order.length);
  order.forEach((node, number) => {
    numbers[node] = number;
  });
  const nodes = new Int32Array(order.length * 4);
  const first = new Int32Array(0x1_0000);
  const slots = new Int32Array(tableSize(order.length));
  for (let state = 1; state < order.length; state += 1) {
    const node = order[state] as number;
    const parent = numbers[trie.parents[node] as number] as number;
    const unit = trie.units[node] as number;
    nodes[state * 4 + nodeParts.parent] = parent;
    nodes[state * 4 + nodeParts.unit] = unit;
    if (parent === 0) first[unit] = state;
    else addChild({ nodes, slots }, parent, unit, state);
  }
  const automaton = new Automaton({
    nodes,
    slots,
    first,
    depths: order.map((node) => trie.depths[node] as number),
    endings: new Int32Array(order.length),
    ends: Int32Array.from(trie.ends, (node) => numbers[node] as number),
  });
  linkStates(automaton, nodes);
  return automaton;
}

/** Finds fallbacks and endings, shallow states first: each rests on shallower ones. */
function linkStates(automaton: Automaton, nodes: Int32Array): void {
  const { endings, ends } = automaton;
  for (const state of ends) endings[state] = state;
  for (let state = 1; state < automaton.size; state += 1) {
    const node = state * 4;
    const parent = nodes[node + nodeParts.parent] as number;
    const unit = nodes[node + nodeParts.unit] as number;
    const shorter = nodes[parent * 4 + nodeParts.fallback] as number;
    const fallback = parent === 0 ? 0 : automaton.next(shorter, unit);
    nodes[node + nodeParts.fallback] = fallback;
    if (endings[state] === 0) endings[state] = endings[fallback] as number;
    if (endings[state] !== 0) nodes[node + nodeParts.unit] = unit | endingFlag;
  }
}

interface Tables {
  readonly nodes: Int32Array;
  readonly slots: Int32Array;
}

function addChild({ nodes, slots }: Tables, parent: number, unit: number, state: number): void {
  const children = parent * 4 + nodeParts.children;
  nodes[children] = (nodes[children] as number) | childBit(unit);
  let slot = slotOf(parent, unit, slots.length);
  while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
  slots[slot] = state;
}

/** A power of two of which at most half is used. */
function tableSize(count: number): number {
  return 2 ** Math.ceil(Math.log2(count * 2));
}

/** The nodes, shallow ones first: those are met most, and lie together then. */
function orderByDepth(depths: Int32Array): Int32Array {
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0);
  const position = new Int32Array(deepest + 2);
  for (const depth of depths) position[depth + 1] = (position[depth + 1] as number) + 1;
  for (let depth = 1; depth < position.length; depth += 1) {
    position[depth] = (position[depth] as number) + (position[depth - 1] as number);
  }
  const order = new Int32Array(depths.length);
  depths.forEach((depth, node) => {
    const place = position[depth] as number;
    order[place] = node;
    position[depth] = place + 1;
  });
  return order;
}
