import type { Span } from '../spans.js';
import { showEmoji } from '../web-emoji.js';
import { type MentionFit, mentionFit } from './mention-fit.js';

/** Somebody who may be mentioned. */
export interface Mentionable {
  /** What may stand behind the `@`; some may be empty. */
  readonly names: readonly string[];
  /** The platform says that this one is mentioned: nothing needs to stand behind the name. */
  readonly isTold: boolean;
}

/** A mention, from its `@` to the end of the name. */
export interface FoundMention<Who extends Mentionable> extends Span {
  readonly who: Who;
}

/** Longer names are not looked for, in code units: platforms have none. */
const longestName = 256;
const sign = /[@＠]/gu;

/** True when a mention can stand in the text: mentions begin with `@` or its full-width form. */
export function mayMention(text: string): boolean {
  return text.includes('@') || text.includes('＠');
}

interface Fitting<Who extends Mentionable> extends FoundMention<Who> {
  readonly fit: MentionFit;
}

/**
 * All mentions of those who may be mentioned, in the order of the text. The longest name counts
 * where several begin alike, and who comes first where two have the same. Of somebody who is
 * mentioned with white space or a mark behind, no mention is seen where words go on behind the name.
 * Goes through the text once, however many there are.
 */
export function findMentions<Who extends Mentionable>(
  text: string,
  all: readonly Who[],
): readonly FoundMention<Who>[] {
  const owners = ownersOf(all);
  if (owners.size === 0 || !mayMention(text)) return [];
  const lengths = [...new Set([...owners.keys()].map((name) => name.length))].toSorted(
    (a, b) => b - a,
  );
  const found: Fitting<Who>[] = [];
  let behind = 0;
  for (const { index: at } of text.matchAll(sign)) {
    // A name may hold an `@`.
    if (at < behind) continue;
    const one = mentionAt(text, at, lengths, owners);
    if (one === undefined) continue;
    found.push(one);
    behind = one.end;
  }
  const whole = new Set(found.filter(({ fit }) => fit === 'whole').map(({ who }) => who));
  return found
    .filter(({ fit, who }) => fit !== 'loose' || !whole.has(who))
    .map(({ who, start, end }) => ({ who, start, end }));
}

function ownersOf<Who extends Mentionable>(all: readonly Who[]): ReadonlyMap<string, Who> {
  const owners = new Map<string, Who>();
  for (const who of all) {
    for (const name of who.names) {
      const shown = showEmoji(name).trim();
      if (shown !== '' && shown.length <= longestName && !owners.has(shown)) owners.set(shown, who);
    }
  }
  return owners;
}

function mentionAt<Who extends Mentionable>(
  text: string,
  at: number,
  lengths: readonly number[],
  owners: ReadonlyMap<string, Who>,
): Fitting<Who> | undefined {
  for (const length of lengths) {
    const end = at + 1 + length;
    if (end > text.length) continue;
    const who = owners.get(text.slice(at + 1, end));
    if (who === undefined) continue;
    const fit = mentionFit({ text, at, end });
    if (fit !== undefined && (fit !== 'loose' || who.isTold)) return { who, start: at, end, fit };
  }
  return undefined;
}
