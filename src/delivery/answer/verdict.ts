import { isOutOfFiles } from '../../core/open-files.js';
import type { Verdict } from '../receivers/breaker.js';
import type { Answer } from './answer.js';
import { isTransient } from './classify.js';

/**
 * What an answer says of the receiver itself. It fails by what would be worth another try and by
 * timeouts; whoever refuses, or answers nonsense, is up.
 */
export function verdictOf(answer: Answer): Verdict {
  switch (answer.kind) {
    case 'response':
      return isTransient(answer.status) ? 'failed' : 'well';
    case 'unreadable':
      return 'well';
    case 'timeout':
      return 'failed';
    case 'connection':
      // No connection was made for want of files: that is ours, and says nothing of the receiver.
      return isOutOfFiles(answer.code) ? 'nothing' : 'failed';
    case 'unsendable':
    case 'aborted':
    default:
      return 'nothing';
  }
}
