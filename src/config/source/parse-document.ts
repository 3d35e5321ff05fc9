import {
  Composer,
  type CST,
  type Document,
  Lexer,
  type LineCounter,
  Parser,
  YAMLParseError,
} from 'yaml';
import { takeTurns } from '../../core/take-turns.js';

/** How a document is parsed. */
export interface ParseDocumentOptions {
  /** Learns where lines begin. */
  readonly lineCounter?: LineCounter;
  readonly keepSourceTokens?: boolean;
  /** `silent`: that more than one document stands in the text is no error. */
  readonly logLevel: 'error' | 'silent';
}

/** It is looked at the time after so many pieces of the text. */
const piecesPerLook = 200;

/**
 * `parseDocument` of `yaml`, in slices: a thousand rules take some 60 ms to parse, and nobody's
 * message is to wait that long. Only what comes behind its lexer, a third of it, is done at once.
 */
export async function parseDocumentInSlices(
  text: string,
  options: ParseDocumentOptions,
): Promise<Document.Parsed> {
  const turn = takeTurns();
  const tokens = await tokensOf(text, options.lineCounter, turn);
  const composer = new Composer({ ...options, merge: true, stringKeys: true, prettyErrors: false });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined) throw new TypeError('a text that is no document');
  if (second !== undefined && options.logLevel !== 'silent') {
    const [from, to] = second.range;
    document.errors.push(new YAMLParseError([from, to], 'MULTIPLE_DOCS', 'one too many'));
  }
  await turn();
  return document;
}

async function tokensOf(
  text: string,
  lines: LineCounter | undefined,
  turn: () => Promise<void>,
): Promise<readonly CST.Token[]> {
  const parser = new Parser(lines?.addNewLine);
  lines?.addNewLine(0);
  const tokens: CST.Token[] = [];
  let pieces = 0;
  for (const piece of new Lexer().lex(text)) {
    tokens.push(...parser.next(piece));
    pieces += 1;
    if (pieces % piecesPerLook === 0) await turn();
  }
  tokens.push(...parser.end());
  await turn();
  return tokens;
}
