import { relative } from 'node:path';
import type { Language } from '../../core/language.js';
import { formatPath, type Problem } from '../../core/problem.js';
import { visible } from '../../core/text/visible.js';
import type { CliIo } from '../io.js';
import { type Color, painter } from './paint.js';

/**
 * Problems for people: the place on one line, what is wrong indented below it.
 *
 * The place begins with `file:line`, which terminals and editors open on a click.
 */
export function problemLines(
  problems: readonly Problem[],
  color: Color,
  io: CliIo,
): readonly string[] {
  const paint = painter(io.colors);
  return problems.flatMap((problem) => {
    const place = placeOf(problem, io.language);
    const text = problem.text[io.language].split('\n').map((line) => `    ${visible(line)}`);
    return [...(place ? [`  ${paint(color, visible(place))}`] : []), ...text];
  });
}

/** A file as people in the working directory write it. */
export function shownFile(file: string, cwd: string): string {
  const near = relative(cwd, file);
  return near === '' || near.startsWith('..') ? file : near;
}

function placeOf({ file, line, rule, path }: Problem, language: Language): string {
  const where = file && `${file}${line === undefined ? '' : `:${line}`}`;
  const named = rule && (language === 'zh' ? `规则 "${rule}"` : `rule "${rule}"`);
  return [where, named, formatPath(path)].filter(Boolean).join('  ');
}
