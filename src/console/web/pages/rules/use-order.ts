import { useState } from 'react';
import type { Change, RuleRow } from '../../../api/contract.js';

/** The order of rules while it is being changed. */
export interface Order {
  /** The rules as they would stand. */
  readonly rules: readonly RuleRow[];
  /** What would have to be saved; empty when nothing was moved. */
  readonly moves: readonly Change[];
  readonly move: (name: string, to: number) => void;
  readonly reset: () => void;
}

interface Move {
  readonly name: string;
  readonly to: number;
}

/** Collects moves until they are saved together; those of an older edition are forgotten. */
export function useOrder(rules: readonly RuleRow[], edition: string): Order {
  const [kept, setKept] = useState<{ edition: string; moves: readonly Move[] }>(noMoves);
  const moves = kept.edition === edition ? kept.moves : [];
  return {
    rules: moves.reduce(moved, rules),
    moves: moves.map(({ name, to }) => ({ kind: 'move', name, to })),
    move: (name, to) => setKept({ edition, moves: [...moves, { name, to }] }),
    reset: () => setKept(noMoves),
  };
}

const noMoves = { edition: '', moves: [] };

function moved(rules: readonly RuleRow[], { name, to }: Move): readonly RuleRow[] {
  const rule = rules.find((one) => one.name === name);
  if (rule === undefined) return rules;
  return rules.filter((one) => one !== rule).toSpliced(to, 0, rule);
}
