import type { Answer, Part, TextPart } from './answer.js';
import { markDone } from './answer.js';

/**
 * Brings into an answer what other instances have made of it. All of it but texts only ever grows,
 * so whoever merges comes to the same; of a text the one that was said last holds, and of two last
 * frames the one that is kept.
 *
 * @param kept as all instances find it
 */
export function mergeInto(answer: Answer, kept: Answer): void {
  mergeParts(answer, kept);
  mergeFlags(answer, kept);
  if (kept.saidAt !== undefined) answer.saidAt = Math.max(kept.saidAt, answer.saidAt ?? 0);
  if (kept.polledAt !== undefined) answer.polledAt = Math.max(kept.polledAt, answer.polledAt ?? 0);
  if (kept.tasks !== undefined) answer.tasks = kept.tasks;
  markDone(answer, kept.done);
}

function mergeFlags(answer: Answer, kept: Answer): void {
  answer.isComplete ||= kept.isComplete;
  answer.isStreamed ||= kept.isStreamed;
  answer.isUrlUsed ||= kept.isUrlUsed;
  if (kept.final !== undefined) answer.final = kept.final;
  if (kept.openUntil === 0) answer.openUntil = 0;
}

function mergeParts(answer: Answer, kept: Answer): void {
  const mine = new Map(answer.parts.map((part) => [part.key, part]));
  const merged = kept.parts.map((part) => {
    const own = mine.get(part.key);
    mine.delete(part.key);
    return own === undefined ? part : mergePart(own, part, kept.final !== undefined);
  });
  // In the order in which all see them; what nobody else has seen comes last.
  answer.parts.splice(0, answer.parts.length, ...merged, ...mine.values());
}

/** @param isEnded what was shown is what the last frame shows, and no more */
function mergePart(own: Part, kept: Part, isEnded: boolean): Part {
  const part = turnOf(own) > turnOf(kept) ? own : kept;
  if (own.kind === 'card' && kept.kind === 'card') kept.isSent = own.isSent ||= kept.isSent;
  if (own.kind === 'text' && kept.kind === 'text') {
    const { text } = part as TextPart;
    (part as TextPart).shown = shownOf(text, isEnded ? [kept] : [own, kept]);
  }
  return part;
}

function turnOf({ turn = 0 }: Part): number {
  return turn;
}

/** What was shown stays shown only as long as it is still how the text begins. */
function shownOf(text: string, showing: readonly TextPart[]): number {
  const seen = showing.map((part) => part.text.slice(0, part.shown));
  return Math.max(0, ...seen.filter((one) => text.startsWith(one)).map(({ length }) => length));
}
