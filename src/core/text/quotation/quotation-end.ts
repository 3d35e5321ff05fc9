/**
 * A line that parts a quotation from the words: WeChat draws `- - - -`, WeCom a line without spaces.
 * Three dashes could be anything.
 */
const divider =
  /(?:\r?\n|<br ?\/?>)[ \t]{0,8}((?:- ){4,64}-?|[-—–─－]{6,64})[ \t]{0,8}(?=\r?\n|<br ?\/?>|$)/gu;
const lineEnd = /(?:\r?\n|<br ?\/?>)/uy;

/** The marks around a quotation. */
export interface Marks {
  readonly opener: string;
  readonly closer: string;
}

/** Where a quotation ends. */
export interface QuotationEnd {
  /** Its end, its last mark not included. */
  readonly end: number;
  /** Where the words begin. */
  readonly wordsAt: number;
  /** False: it is cut, and its last mark is missing. */
  readonly isClosed: boolean;
}

/**
 * Where the quotation ends whose first mark stands at `start`; `undefined` when it has no end. A
 * quotation within it has a dashed line, too: it ends at the line before which all are closed, else
 * at the last one. Goes through the text once.
 */
export function quotationEnd(text: string, start: number, marks: Marks): QuotationEnd | undefined {
  const isDeep = marks.opener !== marks.closer;
  let depth = 0;
  let counted = start;
  let last: QuotationEnd | undefined;
  let cut: QuotationEnd | undefined;
  for (const line of linesBehind(text, start, marks.closer)) {
    if (!line.isClosed) {
      cut ??= line;
      continue;
    }
    last = line;
    if (isDeep) depth += depthOf(text.slice(counted, line.end + 1), marks);
    if (depth <= 0) break;
    counted = line.end + 1;
  }
  return last ?? (marks.opener === '「' ? cut : undefined);
}

/** All lines that may part it from the words; of those without a mark before, the dashed ones. */
function* linesBehind(text: string, start: number, closer: string): Generator<QuotationEnd> {
  for (const line of text.slice(start).matchAll(divider)) {
    const [whole, drawn = ''] = line;
    const index = start + line.index;
    const isClosed = index - 1 > start && text.startsWith(closer, index - 1);
    if (!isClosed && !drawn.startsWith('- ')) continue;
    const wordsAt = nextLine(text, index + whole.length);
    yield { end: isClosed ? index - 1 : index, wordsAt, isClosed };
  }
}

function nextLine(text: string, at: number): number {
  lineEnd.lastIndex = at;
  return at + (lineEnd.exec(text)?.[0].length ?? 0);
}

/** How many more are opened than closed. */
function depthOf(text: string, { opener, closer }: Marks): number {
  return text.split(opener).length - text.split(closer).length;
}
