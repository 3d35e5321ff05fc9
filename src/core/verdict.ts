import type { PlatformEvent } from './platform-event.js';

/** What the rules say of something that a platform asks about before it lets it happen. */
export type Verdict =
  /** It may happen; with `text` the content is replaced, where the platform can do that. */
  | { readonly kind: 'allowed'; readonly text?: string }
  /** It must not; `reason` is shown to who wanted it, `""` when there is none. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Asks the rules; `undefined` when no rule wants to decide. Never rejects. */
export type Decide = (event: PlatformEvent) => Promise<Verdict | undefined>;

const deciders = new WeakMap<object, Set<Decide>>();

/** Questions of `puppet` are answered by `decide` from now on, until the returned function is called. */
export function announceDecider(puppet: object, decide: Decide): () => void {
  const known = deciders.get(puppet) ?? new Set();
  deciders.set(puppet, known.add(decide));
  return () => known.delete(decide);
}

/**
 * Asks whoever decides for a puppet. Of several verdicts the first refusal wins, else the first
 * that replaces the content. It is made at once, outside the journal, within the `decide.deadline`
 * of the rules. Never rejects.
 *
 * @returns `undefined` when no rule wants to decide: the platform goes on as if nobody had asked
 */
export async function askForVerdict(
  puppet: object,
  event: PlatformEvent,
): Promise<Verdict | undefined> {
  const known = [...(deciders.get(puppet) ?? [])];
  return firstOf(await Promise.all(known.map(async (decide) => await decide(event))));
}

/** The one of several verdicts that holds. */
export function firstOf(verdicts: readonly (Verdict | undefined)[]): Verdict | undefined {
  const given = verdicts.filter((verdict) => verdict !== undefined);
  return (
    given.find(({ kind }) => kind === 'refused') ??
    given.find((verdict) => verdict.kind === 'allowed' && verdict.text !== undefined) ??
    given[0]
  );
}
