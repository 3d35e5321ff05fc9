/** A text, parted into what its writer thought aloud and what it says. */
export interface ThinkingText {
  /** Absent: there is none. */
  readonly thinking?: string;
  readonly words: string;
}

/** Where a model begins to think: at the beginning of a text or of a line. */
const opening = /(?:^|\n)[^\S\n]*<(think|thinking|thought)>/giu;
/** What ends it, by the name of its tag. */
const closings = [
  ['think', /<\/think>/giu],
  ['thinking', /<\/thinking>/giu],
  ['thought', /<\/thought>/giu],
] as const;
/** What may become such a tag, at the end of a text that grows. */
const halfOpening = /(?:^|\n)[^\S\n]*<[a-z]{0,8}$/iu;

/**
 * Parts a language model's thinking (`<think>…</think>`) from its words. A tag that stands within a
 * line is left alone: the text may speak of it. What is not closed is thinking to its end.
 */
export function splitThinking(text: string): ThinkingText {
  const thoughts: string[] = [];
  const words: string[] = [];
  let end = 0;
  for (const { index, 0: tag, 1: name = '' } of text.matchAll(opening)) {
    if (index < end) continue;
    words.push(text.slice(end, index));
    const start = index + tag.length;
    const close = closingOf(text, name, start);
    thoughts.push(text.slice(start, close.start).trim());
    ({ end } = close);
  }
  if (thoughts.length === 0) return { words: text };
  words.push(text.slice(end));
  const said = words.map((part, n) => (n === 0 ? part : part.trimStart())).filter(Boolean);
  return { thinking: thoughts.filter(Boolean).join('\n'), words: said.join('\n') };
}

/** The text so far without the beginning of a tag that has not come whole. */
export function withoutHalfTag(text: string): string {
  return text.replace(halfOpening, '');
}

/** The text with its thinking before it, as `splitThinking` takes it apart. */
export function withThinking({ thinking = '', words }: ThinkingText): string {
  if (thinking === '') return words;
  return words === '' ? `<think>${thinking}` : `<think>${thinking}</think>${words}`;
}

/** Where what is within a tag ends, and where its closing tag does. */
function closingOf(text: string, name: string, from: number) {
  const closing = closings.find(([tag]) => tag === name.toLowerCase())?.[1] ?? /$/gu;
  closing.lastIndex = from;
  const { index = text.length, 0: tag = '' } = closing.exec(text) ?? {};
  return { start: index, end: index + tag.length };
}
