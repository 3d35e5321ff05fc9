import { z } from 'zod';
import type { Bilingual } from '../../../core/language.js';
import type { FieldProblem } from './common.js';

/**
 * A value that is never sent here, in the place where it stands. Sent back as it came, it stays in
 * the file as it is (`${NAME}` included); replaced by a text, it is written anew.
 */
export interface KeptValue {
  /**
   * The place in the rule, e.g. `['callback', 'secret', 0]`. It may be moved within its list, and holds
   * while the rule calls no other server.
   */
  readonly $kept: readonly (string | number)[];
  /** What may be shown of it: `${SUBSCRIBE_KEY}`, `https://host/hook?key=***`; absent: nothing. */
  readonly shown?: string;
}

/** True for the stand-in of a value that is not sent. */
export function isKept(value: unknown): value is KeptValue {
  return typeof value === 'object' && value !== null && '$kept' in value;
}

/** A rule as it is written in the file, every key as in `GET /schema/rule`; secrets are `KeptValue`s. */
export type RuleDraft = Readonly<Record<string, unknown>>;

const draft = z.record(z.string(), z.unknown());
const name = z.string().min(1).max(500);
const names = z.array(name).min(1).max(10_000);
const place = z.int().min(0).max(100_000);

/** One change to the rules. Several are made one after another, all or none. */
export const change = z.discriminatedUnion('kind', [
  /** `at`: its place, counted from 0; absent: the end. */
  z.strictObject({ kind: z.literal('add'), rule: draft, at: place.exactOptional() }),
  /** Replaces the rule of that name; the name itself may change. */
  z.strictObject({ kind: z.literal('edit'), name, rule: draft }),
  z.strictObject({ kind: z.literal('enable'), names, enabled: z.boolean() }),
  z.strictObject({ kind: z.literal('delete'), names }),
  /** The copy comes right behind, switched off, with its secrets. */
  z.strictObject({ kind: z.literal('copy'), name, as: name }),
  /** `to`: its place afterwards, counted from 0. */
  z.strictObject({ kind: z.literal('move'), name, to: place }),
]);
/** One change to the rules. */
export type Change = z.input<typeof change>;

/** `POST /rules/plan` and `POST /rules/save` */
export const changesBody = z.strictObject({
  /** Of the file that is changed, from `GET /rules` or `GET /rules/:name`. */
  edition: z.string().max(100),
  changes: z.array(change).min(1).max(1000),
});
/** `POST /rules/plan` and `POST /rules/save` */
export type ChangesBody = z.input<typeof changesBody>;

/** `POST /rules/undo` */
export const undoBody = z.strictObject({ edition: z.string().max(100) });

/** `GET /rules` */
export const ruleListQuery = z.object({
  /** In names, keywords, URLs and both wordings of the trigger; case and width do not count. */
  search: z.string().max(200).exactOptional(),
});
/** `GET /rules` */
export type RuleListQuery = z.input<typeof ruleListQuery>;

/** A rule in the list. */
export interface RuleRow {
  readonly name: string;
  /** Its place in the file, counted from 0. */
  readonly index: number;
  /** As the file says. */
  readonly enabled: boolean;
  /**
   * `on` and `off` as the file says; `resting`: its receiver answered 410, it rests until the rules
   * change; `broken`: the file has it, but it is not in force (see `problems` of the list).
   */
  readonly state: 'on' | 'off' | 'resting' | 'broken';
  /** Who and what sets it off, on one line. */
  readonly trigger: Bilingual;
  readonly match: string;
  readonly keywords: readonly string[];
  /** Passwords and query values masked. */
  readonly url: string;
  /** Events that it matched since midnight of this computer. Counted since the program started. */
  readonly hitsToday: number;
  readonly lastHitAt?: number;
  /** The last task of it that died. `text` says why and what to do. */
  readonly lastFailure?: { readonly at: number; readonly task: string; readonly text: Bilingual };
}

/** `GET /rules` */
export interface RuleList {
  /** Of the file as it is now; goes with every change. */
  readonly edition: string;
  /** In file order. */
  readonly rules: readonly RuleRow[];
  /** All rules of the file, whatever the search. */
  readonly total: number;
  /** The file is wrong, and the rules before its last change are in force: why. */
  readonly problems: readonly FieldProblem[];
  /** The last save that can be taken back. */
  readonly undo?: Undo;
}

/** A save that can be taken back. */
export interface Undo {
  readonly at: number;
  readonly summary: Bilingual;
}

/** `GET /rules/:name` */
export interface RuleDetail {
  readonly edition: string;
  readonly row: RuleRow;
  /** As written in the file. */
  readonly rule: RuleDraft;
  /** What `defaults` of the file adds where the rule says nothing; same shape. */
  readonly defaults: RuleDraft;
}

/** `GET /schema/rule`: draft 7; every `description` is also there as `x-text: {en, zh}`. */
export interface RuleSchema {
  readonly schema: Readonly<Record<string, unknown>>;
  /** A rule to begin with. */
  readonly blank: RuleDraft;
}

/** What a change would do, before it is saved. */
export interface Plan {
  /** One sentence: "Adds 1 rule, changes 1; of the last 200 messages 14 would be decided differently." */
  readonly summary: Bilingual;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** The order of those that stay is another. */
  readonly reordered: boolean;
  /** Not empty: it cannot be saved. */
  readonly problems: readonly FieldProblem[];
  /** It can be saved, but look: rules that never match, or that an earlier one always stops. */
  readonly warnings: readonly FieldProblem[];
  /** Absent without history, or with problems. */
  readonly replayed?: Replayed;
}

/** The remembered events, decided by the rules in force and by the planned ones. */
export interface Replayed {
  readonly events: number;
  readonly different: number;
  /** Of those alike: the planned rules ask for something that was not read then (tags, mentions). */
  readonly uncertain: number;
  /** The newest of those that differ, at most 20. */
  readonly samples: readonly {
    readonly event: string;
    readonly at: number;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
}

/** `POST /rules/save` and `POST /rules/undo` */
export interface Saved {
  readonly edition: string;
  readonly summary: Bilingual;
  /** False: written, but not in force yet when this was answered; look at `GET /rules` again. */
  readonly inForce: boolean;
}
