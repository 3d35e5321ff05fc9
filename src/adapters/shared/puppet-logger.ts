import { languageOf } from '../../core/language.js';
import type { Logger } from '../../core/logger.js';
import { createWechatyLogger } from './wechaty-logger.js';

/** The log of a puppet that was given none: Wechaty's own, in the language of the system. */
export function createPuppetLogger(): Logger {
  // Node takes this from `LC_ALL`, `LC_MESSAGES` or `LANG`, else from the desktop.
  const { locale } = Intl.DateTimeFormat().resolvedOptions();
  return createWechatyLogger(languageOf(locale), () => 'info');
}
