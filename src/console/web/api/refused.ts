import type { Failure } from '../../api/contract.js';

/** What is told when there was no answer at all. */
export const unreachable: Failure['error'] = {
  code: 'unreachable',
  en: 'The program does not answer. Is it still running?',
  zh: '程序没有响应。它还在运行吗？',
};

/** A request that was refused, in words for people. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly failure: Failure['error'];

  constructor(failure: Failure['error']) {
    super(failure.en);
    this.failure = failure;
  }
}

/** What went wrong, whatever was thrown. */
export function failureOf(error: unknown): Failure['error'] {
  if (error instanceof Refused) return error.failure;
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'page', en: `The page failed: ${text}`, zh: `页面出错：${text}` };
}
