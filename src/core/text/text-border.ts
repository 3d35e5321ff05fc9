/** True when a text may be cut before the code unit at `at`. */
type Border = (text: string, at: number) => boolean;

const whiteSpace = /\s/u;
const sentenceEnds = '。！？…';
/** These end a sentence only before white space: not in `3.14`, `example.com`, `!=`. */
const latinSentenceEnds = '.!?';
/** What may close a quotation or a parenthesis after the end of a sentence. */
const closers = '”’」』）】》"\')]';
const clauseEnds = '，、；：';
/** These end a clause only before white space: not in `1,000`. */
const latinClauseEnds = ',;:';

function charAt(text: string, at: number): string {
  return text.charAt(at);
}

const atParagraph: Border = (text, at) =>
  charAt(text, at) === '\n' && charAt(text, at + 1) === '\n';

const atLine: Border = (text, at) => charAt(text, at) === '\n';

const atWord: Border = (text, at) => whiteSpace.test(charAt(text, at));

const atClause: Border = (text, at) => {
  const next = charAt(text, at);
  const last = charAt(text, at - 1);
  if (closers.includes(next)) return false;
  return clauseEnds.includes(last) || (latinClauseEnds.includes(last) && whiteSpace.test(next));
};

const atSentence: Border = (text, at) => {
  const next = charAt(text, at);
  // A sentence ends after all of `？！`, `……` and `。」`, not within.
  if (sentenceEnds.includes(next) || closers.includes(next)) return false;
  const last = charAt(text, at - 1);
  const end = closers.includes(last) ? charAt(text, at - 2) : last;
  if (end === '') return false;
  return sentenceEnds.includes(end) || (latinSentenceEnds.includes(end) && whiteSpace.test(next));
};

/** From the best place to cut to the least good one. */
const borders: readonly Border[] = [atParagraph, atLine, atSentence, atClause, atWord];

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** True for what is never joined with its neighbour: printable ASCII, line ends and Han. */
function standsAlone(code: number): boolean {
  return code === 0x0a || (code >= 0x20 && code < 0x7f) || (code >= 0x4e_00 && code <= 0x9f_ff);
}

/** The start of the character that is drawn at `at`, unless that is `from` itself. */
function graphemeStart(text: string, from: number, at: number): number {
  if (standsAlone(text.charCodeAt(at - 1)) && standsAlone(text.charCodeAt(at))) return at;
  // What follows the code point at `at` has no say in whether a character begins there.
  const near = text.slice(from, at + 2);
  const start = graphemes.segment(near).containing(at - from)?.index ?? 0;
  return start === 0 ? at : from + start;
}

/** True for what words and addresses are spelled with in alphabets from Latin to Cyrillic. */
function spells(code: number): boolean {
  return code > 0x20 && code < 0x05_90 && code !== 0xa0;
}

/** The start of the word that goes on at `at`, unless it starts at `from` or before. */
function wordStart(text: string, from: number, at: number): number {
  let start = at;
  while (start > from && spells(text.charCodeAt(start - 1)) && spells(text.charCodeAt(at))) {
    start -= 1;
  }
  return start === from ? at : start;
}

/**
 * Where to cut a text that goes on after `reach`: at the end of a paragraph, line, sentence, clause
 * or word if there is one in the second half (else pieces would get too short); otherwise before
 * the word that goes on after `reach`; otherwise, where words have no spaces or one fills it all,
 * between two characters as people see them; otherwise (a single one does not fit) at `reach`.
 * The answer lies after `from` and not after `reach`.
 */
export function bestBorder(text: string, from: number, reach: number): number {
  const least = from + Math.floor((reach - from) / 2);
  for (const isBorder of borders) {
    for (let at = reach; at > least; at -= 1) {
      if (isBorder(text, at)) return graphemeStart(text, from, at);
    }
  }
  return graphemeStart(text, from, wordStart(text, from, reach));
}
