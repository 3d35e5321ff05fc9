import type { Bilingual } from '../../../core/language.js';
import type { Logger } from '../../../core/logger.js';
import type { SayingFailure } from '../../../core/saying-failure.js';

/** Who tells it. */
export interface TellOptions {
  readonly logger: Pick<Logger, 'warn'>;
  /** The adapter's. */
  readonly name: string;
}

/** What was not shown, or perhaps not. */
export interface Unshown {
  /** An errcode, or why there is none. */
  readonly code: string;
  readonly saying: SayingFailure['kind'];
  /** The event that is answered. */
  readonly event?: string | undefined;
}

/** Warns of a part of an answer that is never shown, or of which nobody knows whether it was. */
export function tellUnshown({ logger, name }: TellOptions, { code, saying, event }: Unshown): void {
  const { en, zh } = saying === 'unknown' ? perhaps : never;
  logger.warn({ en: `${name}: ${en}`, zh: `${name}：${zh}` }, { code, event });
}

const never: Bilingual = {
  en: 'a part of an answer could not be shown, and is not sent again.',
  zh: '回答的一部分未能显示，不再发送。',
};
const perhaps: Bilingual = {
  en: 'nobody knows whether a part of an answer was shown; it is not sent again. Look into the chat.',
  zh: '无法确定回答的一部分是否已显示；不会重复发送。请查看会话。',
};
