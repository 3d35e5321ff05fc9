import { systemLanguage } from '../config/language.js';
import type { Bilingual } from '../core/language.js';

/**
 * Shows something to who started the program: on the standard error output, which is no log. For
 * what must not be kept, such as a first password.
 */
export function announcer(env: NodeJS.ProcessEnv): (text: Bilingual) => void {
  const language = systemLanguage(env);
  return (text) => {
    process.stderr.write(`\n${text[language]}\n`);
  };
}
