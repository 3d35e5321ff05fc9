import type { ErrorCode } from 'yaml';
import type { Bilingual } from '../../core/language.js';

// The parser's own messages are English, and some quote the text, which may hold a secret.
const texts: Partial<Record<ErrorCode, Bilingual>> = {
  BAD_ALIAS: {
    en: 'a value beginning with * or & stands for an alias or anchor; put it in quotes',
    zh: '以 * 或 & 开头的值表示别名或锚点；请加引号',
  },
  BAD_DQ_ESCAPE: {
    en: 'unknown escape in double quotes; write \\\\ for a backslash, or use single quotes',
    zh: '双引号内的转义无效；反斜杠请写成 \\\\，或改用单引号',
  },
  BAD_INDENT: {
    en: 'wrong indentation, or a bracket that is not closed before this line',
    zh: '缩进有误，或此行之前有未闭合的括号',
  },
  BAD_SCALAR_START: {
    en: 'a value cannot begin with @, ` or %; put it in quotes',
    zh: '值不能以 @、` 或 % 开头；请加引号',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    en: 'a second key on one line, or wrong indentation; put text that contains ": " in quotes',
    zh: '同一行出现第二个键，或缩进有误；含有“: ”的文本请加引号',
  },
  KEY_OVER_1024_CHARS: {
    en: 'a key of more than 1024 characters',
    zh: '键超过 1024 个字符',
  },
  MISSING_CHAR: {
    en: 'a quote, bracket, comma or colon is missing',
    zh: '缺少引号、括号、逗号或冒号',
  },
  MULTILINE_IMPLICIT_KEY: {
    en: 'a key that goes over several lines; is a colon missing?',
    zh: '键跨越多行；是否缺少冒号？',
  },
  MULTIPLE_DOCS: {
    en: 'only one document is allowed; remove the line ---',
    zh: '只允许一个文档；请删去 --- 行',
  },
  NON_STRING_KEY: { en: 'a key must be text', zh: '键必须是文本' },
  RESOURCE_EXHAUSTION: { en: 'nested too deeply', zh: '嵌套过深' },
  TAB_AS_INDENT: {
    en: 'tabs cannot indent; use spaces',
    zh: '不能用制表符缩进；请用空格',
  },
  TAG_RESOLVE_FAILED: {
    en: 'unknown tag; put text that begins with ! in quotes',
    zh: '未知的标签；以 ! 开头的文本请加引号',
  },
  UNEXPECTED_TOKEN: {
    en: 'something that cannot stand here; check the quotes, brackets and indentation before it',
    zh: '此处不应有该内容；请检查它前面的引号、括号与缩进',
  },
};

/** What is wrong with the writing of a YAML or JSON file. */
export function yamlFaultText(code: ErrorCode): Bilingual {
  return texts[code] ?? { en: 'not valid YAML', zh: '不是有效的 YAML' };
}

/** `${…}` inside brackets, where YAML takes its brace for one of its own. */
export const bracedTemplate: Bilingual = {
  en: 'inside { } and [ ], put ${…} in quotes: "${NAME}"',
  zh: '在 { } 和 [ ] 之内，${…} 须加引号："${NAME}"',
};

/** A key that stands twice in one map. */
export function doubleKey(key: string): Bilingual {
  return { en: `the key \`${key}\` stands here twice`, zh: `键 \`${key}\` 重复` };
}
