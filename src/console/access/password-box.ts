import stringWidth from 'string-width';
import type { Bilingual } from '../../core/language.js';

/**
 * The first password, framed, so that nobody overlooks it among log lines.
 *
 * @param file where it is kept
 * @param command what sets another one
 */
export function passwordBox(password: string, file: string, command: string): Bilingual {
  return {
    en: boxed([
      'The console has a password:',
      '',
      `    ${password}`,
      '',
      'It is shown this once and kept hashed. Another one:',
      `    ${command}`,
      `Kept in ${file}`,
    ]),
    zh: boxed([
      '控制台的登录密码：',
      '',
      `    ${password}`,
      '',
      '仅显示这一次，只保存其哈希。重新设置：',
      `    ${command}`,
      `保存位置：${file}`,
    ]),
  };
}

function boxed(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => stringWidth(line)));
  const rows = lines.map((line) => `│ ${line}${' '.repeat(width - stringWidth(line))} │`);
  const edge = '─'.repeat(width + 2);
  return [`┌${edge}┐`, ...rows, `└${edge}┘`, ''].join('\n');
}
