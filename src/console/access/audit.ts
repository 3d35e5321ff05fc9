import type { Context } from 'hono';
import type { Bilingual } from '../../core/language.js';
import type { LogFields, Logger } from '../../core/logger.js';
import { clientAddress } from './client-address.js';

/** Writes one line in the log for whatever somebody changes or uncovers in the console. */
export type Audit = (context: Context, what: Bilingual, fields?: LogFields) => void;

/** `trustsProxy` is asked at every line, for the address it names. */
export function createAudit(logger: Logger, trustsProxy: () => boolean): Audit {
  return (context, { en, zh }, fields = {}) => {
    logger.info(
      { en: `Console: ${en}`, zh: `控制台：${zh}` },
      { ...fields, from: clientAddress(context, trustsProxy()) },
    );
  };
}
