import { type Answer, markDone, markShown, type Part, type TextPart } from './answer.js';

/**
 * Brings into an answer what other instances have made of it. All of it but texts only ever grows,
 * so whoever merges comes to the same; of a text the one that was said last holds, of two screens the
 * later one, and of two last frames the one that is kept.
 *
 * @param kept as all instances find it
 */
export function mergeInto(answer: Answer, kept: Answer): void {
  mergeScreens(answer, kept);
  mergeParts(answer, kept);
  mergeFlags(answer, kept);
  if (kept.saidAt !== undefined) answer.saidAt = Math.max(kept.saidAt, answer.saidAt ?? 0);
  if (kept.polledAt !== undefined) answer.polledAt = Math.max(kept.polledAt, answer.polledAt ?? 0);
  if (kept.tasks !== undefined) answer.tasks = kept.tasks;
  markDone(answer, kept.done);
}

/** What a screen showed that is gone counts as not shown. */
function mergeScreens(answer: Answer, kept: Answer): void {
  const ahead = compareScreens(answer, kept);
  if (ahead > 0) return markShown(kept, 0);
  if (ahead === 0 && kept.final === undefined) return;
  markShown(answer, 0);
  const { bubble, final, lateCount } = kept;
  delete answer.final;
  Object.assign(answer, {
    ...(bubble && { bubble }),
    ...(final && { final }),
    ...(lateCount !== undefined && { lateCount }),
  });
}

/** Bubbles follow one another; each has a last frame; what is left goes out behind it. */
function compareScreens(one: Answer, other: Answer): number {
  const theirs = stagesOf(other);
  const differences = stagesOf(one).map((stage, index) => stage - (theirs[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

function stagesOf({ bubble, final, lateCount = 0 }: Answer): readonly number[] {
  return [bubble?.number ?? 1, final === undefined ? 0 : 1, lateCount];
}

function mergeFlags(answer: Answer, kept: Answer): void {
  answer.isComplete ||= kept.isComplete;
  answer.isStreamed ||= kept.isStreamed;
  answer.isUrlUsed ||= kept.isUrlUsed;
  if (kept.openUntil === 0) answer.openUntil = 0;
}

function mergeParts(answer: Answer, kept: Answer): void {
  const mine = new Map(answer.parts.map((part) => [part.key, part]));
  const merged = kept.parts.map((part) => {
    const own = mine.get(part.key);
    mine.delete(part.key);
    return own === undefined ? part : mergePart(own, part);
  });
  // In the order in which all see them; what nobody else has seen comes last.
  answer.parts.splice(0, answer.parts.length, ...merged, ...mine.values());
}

function mergePart(own: Part, kept: Part): Part {
  const part = turnOf(own) > turnOf(kept) ? own : kept;
  if (own.kind === 'card' && kept.kind === 'card') kept.isSent = own.isSent ||= kept.isSent;
  if (own.kind === 'text' && kept.kind === 'text') {
    const { text } = part as TextPart;
    (part as TextPart).shown = shownOf(text, [own, kept]);
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
