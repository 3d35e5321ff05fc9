import { type Language, languageOf } from '../core/language.js';
import type { Environment } from './expand-variables.js';

/**
 * The language to speak, as the system's locale says: `LC_ALL`, `LC_MESSAGES`, `LANG`, the first
 * that is set; where none is (Windows), the language of the desktop.
 */
export function systemLanguage(
  env: Environment = process.env,
  desktop: string = Intl.DateTimeFormat().resolvedOptions().locale,
): Language {
  const set = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(Boolean);
  return languageOf(set ?? desktop);
}
