import { type RegexToken, regexTokens } from './regex-tokens.js';

/** More alternatives than this are no help to the index. */
const mostTexts = 32;

/**
 * Texts of which every match of the expression has at least one; absent when that cannot be said.
 * With them in the index, an expression is run only on texts that can match it.
 */
export function requiredTexts(source: string): readonly string[] | undefined {
  const tokens = regexTokens(source);
  const opaque = tokens.some(({ kind, text }) => isFlags(kind, text) || text === '\\Q');
  return opaque ? undefined : new Reader(tokens).alternatives();
}

function isFlags(kind: RegexToken['kind'], text: string): boolean {
  return kind === 'open' && /^\(\?[a-z-]+[:)]$/iu.test(text);
}

class Reader {
  readonly #tokens: readonly RegexToken[];
  #position = 0;

  constructor(tokens: readonly RegexToken[]) {
    this.#tokens = tokens;
  }

  /** Reads up to the end of the group, or of the expression. */
  alternatives(): readonly string[] | undefined {
    const branches = [this.#branch()];
    while (this.#peek()?.kind === 'or') {
      this.#position += 1;
      branches.push(this.#branch());
    }
    this.#position += 1;
    const texts: string[] = [];
    for (const branch of branches) {
      if (branch === undefined) return undefined;
      texts.push(...branch);
    }
    return texts.length > mostTexts ? undefined : texts;
  }

  #branch(): readonly string[] | undefined {
    let best: readonly string[] | undefined;
    let run = '';
    const offer = (texts: readonly string[] | undefined) => {
      if (shortest(texts) > shortest(best)) best = texts;
    };
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      if (token.kind === 'or' || token.kind === 'close') break;
      this.#position += 1;
      const literal = literalOf(token);
      const texts = token.kind === 'open' ? this.#group(token) : undefined;
      const repeat = this.#repeat();
      if (literal !== undefined && repeat !== 'optional') run += literal;
      if (literal === undefined || repeat !== undefined) {
        offer([run]);
        run = '';
      }
      if (repeat !== 'optional') offer(texts);
    }
    offer([run]);
    return best;
  }

  /** What a group requires; nothing when it only looks around. */
  #group(open: RegexToken): readonly string[] | undefined {
    const inner = this.alternatives();
    return /^\(\?<?[=!]/u.test(open.text) ? undefined : inner;
  }

  #repeat(): 'optional' | 'repeated' | undefined {
    const token = this.#peek();
    if (token?.kind !== 'repeat') return undefined;
    this.#position += 1;
    return /^(?:[*?]|\{0)/u.test(token.text) ? 'optional' : 'repeated';
  }

  #peek(): RegexToken | undefined {
    return this.#tokens[this.#position];
  }
}

/** The length of the shortest text; 0 when there is none. */
function shortest(texts: readonly string[] | undefined): number {
  return texts === undefined ? 0 : Math.min(...texts.map((text) => text.length));
}

/** The character that a token stands for, if it is one. Half a surrogate pair is left out. */
function literalOf({ kind, text }: RegexToken): string | undefined {
  if (kind === 'literal') return /^\p{Cs}$/u.test(text) ? undefined : text;
  return kind === 'escape' && /^\\[!-/:-@[-`{-~]$/u.test(text) ? text.slice(1) : undefined;
}
