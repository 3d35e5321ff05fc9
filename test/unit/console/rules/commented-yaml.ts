import * as fc from 'fast-check';

/** One key of a rule as it stands in a file: its lines, and what it says. */
interface WrittenKey {
  readonly key: string;
  readonly lines: readonly string[];
  readonly value: unknown;
}

/** A rule as it stands in a file. */
export interface WrittenRule {
  readonly head: readonly string[];
  readonly keys: readonly WrittenKey[];
  /** What stands behind it, up to the next rule. */
  readonly gap: readonly string[];
}

/** A file of rules with comments wherever they may stand; each comment is another. */
export interface CommentedFile {
  readonly eol: string;
  readonly indent: number;
  readonly top: readonly string[];
  readonly rules: readonly WrittenRule[];
  readonly bottom: readonly string[];
  readonly isClosed: boolean;
}

const word = fc.constantFrom(
  '订阅',
  'help',
  'a b',
  'x:y',
  '#no',
  '${NAME}',
  '007',
  'true',
  'é',
  "it's",
);
const words = fc.array(word, { minLength: 1, maxLength: 4 });
const quote = (text: string) => JSON.stringify(text);

const keywords = fc.tuple(words, fc.boolean()).map(
  ([list, isBlock]): WrittenKey => ({
    key: 'keywords',
    value: list,
    lines: isBlock
      ? ['keywords:#', ...list.map((each) => `  - ${quote(each)}#`)]
      : [`keywords:   [ ${list.map(quote).join(' ,')} ]#`],
  }),
);

const match = fc
  .constantFrom('equals', 'startsWith')
  .map((value): WrittenKey => ({ key: 'match', value, lines: [`match:  "${value}"#`] }));

const timeout = fc.constantFrom('5s', '10s');
const callback = fc
  .tuple(timeout, fc.constantFrom('flow', 'block', 'multi'))
  .map(([time, style]): WrittenKey => {
    const value = { url: 'http://127.0.0.1/x', timeout: time };
    const flow = `callback: {url: 'http://127.0.0.1/x',  timeout: ${time}}#`;
    const block = ['callback:#', "    url: 'http://127.0.0.1/x'#", `    timeout:   ${time}#`];
    const multi = ['callback: {#', "  url: 'http://127.0.0.1/x',#", `  timeout: ${time}#`, '  }#'];
    return { key: 'callback', value, lines: { flow: [flow], block, multi }[style] ?? [] };
  });

const reply = fc.constant<WrittenKey>({
  key: 'reply',
  value: { onFailure: 'one\ntwo\n', quote: true },
  lines: ['reply:#', '  onFailure: |', '    one', '    two', '  quote: true#'],
});

const blank = fc.array(fc.constantFrom('', '~'), { maxLength: 3 });

const rule = fc
  .record({
    head: fc.array(fc.constant('~'), { maxLength: 2 }),
    callback,
    optional: fc.tuple(
      fc.option(keywords, { nil: undefined }),
      fc.option(match, { nil: undefined }),
      fc.option(reply, { nil: undefined }),
    ),
    inner: fc.boolean(),
    gap: blank,
  })
  .map(({ head, callback: call, optional, inner, gap }) => ({
    head,
    keys: [...optional.filter((key) => key !== undefined), call],
    inner,
    gap,
  }));

/** A file whose comments are numbered: `#` ends in one or in none, `~` is a line of comment. */
export const commentedFile: fc.Arbitrary<CommentedFile> = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    indent: fc.constantFrom(0, 2),
    rules: fc.array(rule, { minLength: 1, maxLength: 5 }),
    bottom: fc.constantFrom([], ['', '~'], ['log: { level: info }#']),
    isClosed: fc.boolean(),
    comments: fc.infiniteStream(fc.boolean()),
  })
  .map(({ eol, indent, rules, bottom, isClosed, comments }) => {
    let count = 0;
    const comment = () => `# 注释 ${(count += 1)} comment`;
    const filled = (line: string, pad: string) => {
      if (line === '~') return `${pad}${comment()}`;
      if (line === '') return '';
      if (!line.endsWith('#')) return pad + line;
      const { value } = comments.next();
      return pad + line.slice(0, -1) + (value === true ? `   ${comment()}` : '');
    };
    const pad = ' '.repeat(indent);
    return {
      eol,
      indent,
      top: [comment(), 'maxAge:   60s', '', filled('rules:#', '')],
      rules: rules.map(({ head, keys, inner, gap }, index) => ({
        head: head.map((line) => filled(line, pad)),
        keys: [
          { key: 'name', value: `r${index}`, lines: [filled(`- name: r${index}#`, pad)] },
          ...keys.map(({ key, value, lines }, place) => ({
            key,
            value,
            lines: [
              ...(inner && place === 0 ? [filled('~', `${pad}  `)] : []),
              ...lines.map((line) => filled(line, `${pad}  `)),
            ],
          })),
        ],
        gap: gap.map((line) => filled(line, pad)),
      })),
      bottom: bottom.map((line) => filled(line, '')),
      isClosed,
    };
  });

/** All lines of a file, in order. */
export function linesOf({ top, rules, bottom }: CommentedFile): readonly string[] {
  const ofRules = rules.flatMap(({ head, keys, gap }) => [
    ...head,
    ...keys.flatMap(({ lines }) => lines),
    ...gap,
  ]);
  return [...top, ...ofRules, ...bottom];
}

/** The text of a file. */
export function textOf(file: CommentedFile): string {
  return linesOf(file).join(file.eol) + (file.isClosed ? file.eol : '');
}

/** What the rules of a file say. */
export function dataOf({ rules }: CommentedFile): readonly Readonly<Record<string, unknown>>[] {
  return rules.map(({ keys }) => Object.fromEntries(keys.map(({ key, value }) => [key, value])));
}
