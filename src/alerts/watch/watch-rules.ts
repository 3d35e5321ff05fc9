import type { AlertPort } from '../../core/alert.js';
import { textOf } from '../../core/errors.js';
import { ownCommand } from '../../core/own-command.js';
import { formatPath, type Problem, ProblemsError } from '../../core/problem.js';

/** Observes the rules' file. */
export interface RulesWatch {
  /** Takes the error of a file that cannot be used. `isRunning`: former rules stay in force. */
  broken(error: unknown, isRunning: boolean): void;
  /** Takes note that its rules come into force. */
  inForce(): void;
}

const kind = 'rules';
const subject = 'rules';

/** Raises `rules` while the rules' file cannot be used. */
export function watchRules(port: AlertPort): RulesWatch {
  return {
    broken: (error, isRunning) => {
      const place = placeOf(error);
      const effect = isRunning
        ? { en: 'The former rules stay in force.', zh: '原有规则继续生效。' }
        : { en: 'The bot runs without rules.', zh: '机器人在没有规则的情况下运行。' };
      const text = {
        en: `The rules cannot be used: ${place.text.en} ${effect.en} \`${ownCommand} check\` shows what is wrong.`,
        zh: `规则无法使用：${place.text.zh}${effect.zh}可用 \`${ownCommand} check\` 查看问题。`,
      };
      port.raise({ kind, subject, text, details: place.details });
    },
    inForce: () => {
      const text = { en: 'The rules can be used again.', zh: '规则已可使用。' };
      port.clear({ kind, subject, text });
    },
  };
}

const unknownProblem: Partial<Problem> & Pick<Problem, 'path'> = { path: [] };

/** Where the first fault is, without the value that was found there. */
function placeOf(error: unknown) {
  if (!(error instanceof ProblemsError)) return { text: textOf(error), details: {} };
  const { problems } = error;
  const [{ file, line, rule, path } = unknownProblem] = problems;
  const at = file === undefined ? formatPath(path) : [file, line].join(':').replace(/:$/u, '');
  const details = {
    problems: problems.length,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(rule !== undefined && { rule }),
  };
  const where = [at, rule === undefined ? '' : `"${rule}"`].filter(Boolean).join(' ');
  const text = {
    en: `${problems.length} faults, the first at ${where}.`,
    zh: `${problems.length} 处错误，第一处在 ${where}。`,
  };
  return { text, details };
}
